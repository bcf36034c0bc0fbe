/// A document that tries to hurt its reader, written by code, with what reading it must give.
public struct HostileDocument: Sendable, CustomStringConvertible {
    /// What the reader must make of it.
    public enum Outcome: Sendable, Equatable {
        /// A feed with so many entries, `good` of them with the title "good"; `isComplete` is false when something
        /// was left out.
        case feed(entries: Int, good: Int, isComplete: Bool)
        /// No feed, with an error that says so.
        case refused
    }

    /// What it does, in a few words; unique.
    public let name: String
    /// Under the limits for documents from the network.
    public let outcome: Outcome
    /// Under the limits for a user's own files, where body and entries have none.
    public let ownFileOutcome: Outcome
    /// Codes that must stand among the problems.
    public let problems: Set<String>
    /// Bytes by which reading the document as a file may raise a process's peak.
    public let maxGrowthBytes: Int
    private let write: @Sendable () -> [UInt8]

    init(
        _ name: String, _ outcome: Outcome, ownFile: Outcome? = nil, problems: Set<String> = [],
        maxGrowthBytes: Int = HostileDocument.maxGrowthBytes, _ write: @escaping @Sendable () -> [UInt8]
    ) {
        self.name = name
        self.outcome = outcome
        ownFileOutcome = ownFile ?? outcome
        self.problems = problems
        self.maxGrowthBytes = maxGrowthBytes
        self.write = write
    }

    init(
        _ name: String, _ outcome: Outcome, ownFile: Outcome? = nil, problems: Set<String> = [],
        maxGrowthBytes: Int = HostileDocument.maxGrowthBytes, text: @escaping @Sendable () -> String
    ) {
        self.init(
            name, outcome, ownFile: ownFile, problems: problems, maxGrowthBytes: maxGrowthBytes
        ) { Array(text().utf8) }
    }

    /// What a document may cost unless a whole field of it is large.
    static let maxGrowthBytes = 20 << 20

    /// Made anew at each call: some are large.
    public var bytes: [UInt8] { write() }
    /// The name.
    public var description: String { name }

    /// All of them.
    public static let all =
        entities + structure + unfinished + fields + characters + encodings + truncations + values + json
        + otherFiles

    static let good = "<item><title>good</title></item>"

    static func rss(_ items: String, doctype: String = "", channel: String = "") -> String {
        "<?xml version=\"1.0\"?>\(doctype)<rss version=\"2.0\"><channel>\(channel)\(items)</channel></rss>"
    }

    static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
}
