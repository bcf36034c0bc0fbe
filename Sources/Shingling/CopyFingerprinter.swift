/// The whole copy path in memory: shingle, sign, look up, confirm on the true sets, remember.
///
/// For the `fingerprint` verb and for measurements. It keeps the shingles of every document (4 bytes each) beside the
/// index; the daemon keeps them on disk.
public struct CopyFingerprinter: Sendable {
    /// What is known of a document once it was compared with all before it.
    public struct Result: Sendable, Equatable {
        /// The earlier document with the greatest containment, copy or not; nil if none shares anything.
        public var nearest: Int64?
        /// How alike the two are; nil without `nearest`.
        public var match: CopyMatch?
        /// Whether `rule` calls it a copy of `nearest`.
        public var isCopy: Bool
    }

    /// Units of the second signature: the title and about 60 words.
    public static let leadUnits = 72
    /// Candidates confirmed for a document.
    public static let candidateLimit = 64

    private let rule: CopyRule
    private var index = CopyIndex()
    private var shingles = ShingleStore()
    private var places: [Int64: Int] = [:]

    /// A fingerprinter that has seen nothing.
    public init(rule: CopyRule = .standard) {
        self.rule = rule
    }

    /// Documents seen that have shingles.
    public var count: Int { index.count }

    /// Compares a document with all before it and remembers it. `units` are those of the title and the text together,
    /// `lead` the first of them. An id seen before is compared, and from then on stands for this text too.
    public mutating func add(id: Int64, units: [UInt64], lead: Int = CopyFingerprinter.leadUnits) -> Result {
        let set = ShingleSet(units: units)
        guard set.count > 0 else { return Result(nearest: nil, match: nil, isCopy: false) }
        let whole = MinHashSignature(set)
        let head =
            units.count <= lead ? whole : MinHashSignature(ShingleSet(units: units.prefix(max(1, lead))))
        let values = set.hashes.map { UInt32(truncatingIfNeeded: $0 >> 32) }
        var best = Result(nearest: nil, match: nil, isCopy: false)
        for candidate in index.candidates(whole: whole, lead: head, limit: Self.candidateLimit) {
            guard let place = places[candidate] else { continue }
            let shared = shingles.shared(values, with: place)
            let match = CopyMatch(shared: shared, of: set.count, and: shingles.count(of: place))
            let isCopy = rule.isCopy(shared: shared, of: set.count, and: shingles.count(of: place)) != nil
            guard shared > 0 else { continue }
            let isBetter =
                isCopy != best.isCopy
                ? isCopy : match.containment > best.match?.containment ?? 0
            if isBetter { best = Result(nearest: candidate, match: match, isCopy: isCopy) }
        }
        index.insert(document: id, whole: whole, lead: head)
        places[id] = shingles.append(values)
        return best
    }
}
