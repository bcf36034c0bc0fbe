/// The whole copy path in memory: shingle, sign, look up, confirm on the true sets, remember.
///
/// For the `fingerprint` verb and for measurements. It keeps the shingles of every document (4 bytes each) beside the
/// index; the daemon keeps texts on disk.
public struct CopyFingerprinter: Sendable {
    /// What is known of a document once it was compared with all before it.
    public struct Result: Sendable, Equatable {
        /// The earlier document with the greatest containment, copy or not; nil if none shares anything.
        public var nearest: Int?
        /// How alike the two are; nil without `nearest`.
        public var match: CopyMatch?
        /// Whether `rule` calls it a copy of `nearest`.
        public var isCopy = false
    }

    /// Candidates confirmed for a document.
    public static let candidateLimit = 64

    private let rule: CopyRule
    private var index: CopyIndex
    private var shingles = ShingleStore()

    /// A fingerprinter that has seen nothing, with room for so many documents.
    public init(rule: CopyRule = .standard, capacity: Int = 0) {
        self.rule = rule
        index = CopyIndex(capacity: capacity)
    }

    /// Compares a document, given by the units of title and text together, with all before it and remembers it.
    /// Documents are numbered from 0 in the order in which they come.
    public mutating func add(units: [UInt64]) -> Result {
        let set = ShingleSet(units: units)
        let number = shingles.append(set.values)
        guard let signatures = CopySignatures(set) else { return Result() }
        var best = Result()
        for candidate in index.candidates(for: signatures, limit: Self.candidateLimit) {
            let place = Int(candidate)
            let shared = shingles.shared(set, with: place)
            let match = CopyMatch(shared: shared, of: set.count, and: shingles.count(of: place))
            let isCopy = rule.isCopy(shared: shared, of: set.count, and: shingles.count(of: place)) != nil
            guard shared > 0 else { continue }
            let isBetter =
                isCopy != best.isCopy
                ? isCopy : match.containment > best.match?.containment ?? 0
            if isBetter { best = Result(nearest: place, match: match, isCopy: isCopy) }
        }
        index.insert(document: Int64(number), signatures)
        return best
    }
}
