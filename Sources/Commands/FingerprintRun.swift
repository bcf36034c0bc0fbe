import Normalization
import Shingling

/// The copy path over one text after another, and how long it took. Numbers of documents are their positions.
struct FingerprintRun {
    /// A line of the input. A title belongs to the text, as it does in the daemon.
    struct Item: Decodable {
        let id: String
        let title: String?
        let text: String
    }

    /// What is printed for an item; unknown values are null.
    struct Document: Encodable {
        let id: String
        let signatureVersion: Int
        /// The most alike of the earlier texts; nil when none is near enough to be looked at.
        let nearest: String?
        /// Shared shingles ÷ shingles of the smaller text, 0…1.
        let containment: Double

        private enum CodingKeys: String, CodingKey {
            case id
            case signatureVersion = "signature_version"
            case nearest, containment
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(signatureVersion, forKey: .signatureVersion)
            try container.encode(nearest, forKey: .nearest)
            try container.encode(containment, forKey: .containment)
        }
    }

    /// What `--stats` prints.
    struct Totals: Encodable {
        let documents: Int
        let seconds: Double
        let documentsPerSecond: Double
        let nearDuplicates: Int

        private enum CodingKeys: String, CodingKey {
            case documents, seconds
            case documentsPerSecond = "documents_per_second"
            case nearDuplicates = "near_dups"
        }
    }

    /// Containment from which a text counts as a copy in the totals.
    static let copyContainment = 0.5

    private var fingerprinter: CopyFingerprinter
    private var ids: [String] = []
    private var measured = 0
    private var copies = 0
    private var elapsed = Duration.zero

    /// A run over about so many texts.
    init(capacity: Int) {
        fingerprinter = CopyFingerprinter(capacity: capacity)
        // The tables of the alphabet are made at the first use, which is nobody's time.
        _ = ShingleUnits.units(of: "")
    }

    /// Compares the text with all before it and remembers it.
    mutating func add(_ item: Item) -> Document {
        let result = compare(item)
        ids.append(item.id)
        return Document(
            id: item.id, signatureVersion: Int(MinHashSignature.version),
            nearest: result.nearest.map { ids[$0] },
            containment: result.match?.containment ?? 0)
    }

    /// Compares the texts in their order, takes the time from texts to answers, and empties `items`.
    mutating func measure(_ items: inout [Item]) {
        let clock = ContinuousClock()
        let start = clock.now
        for item in items where compare(item).match?.containment ?? 0 >= Self.copyContainment { copies += 1 }
        elapsed += clock.now - start
        measured += items.count
        items.removeAll(keepingCapacity: true)
    }

    /// What was measured.
    var totals: Totals {
        let seconds = elapsed / .seconds(1)
        return Totals(
            documents: measured, seconds: seconds,
            documentsPerSecond: seconds > 0 ? Double(measured) / seconds : 0, nearDuplicates: copies)
    }

    private mutating func compare(_ item: Item) -> CopyFingerprinter.Result {
        let text = item.title.map { $0 + "\n" + item.text } ?? item.text
        return fingerprinter.add(units: ShingleUnits.units(of: text))
    }
}
