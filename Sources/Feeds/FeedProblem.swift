/// Something in a document that was wrong and how it was read nevertheless.
public struct FeedProblem: Sendable, Hashable {
    /// Line, from 1.
    public var line: Int
    /// Column in bytes of UTF-8, from 1.
    public var column: Int
    /// Stable name in kebab-case, such as `unclosed-element`.
    public var code: String
    /// One sentence for people.
    public var message: String

    /// A problem at a position.
    public init(line: Int, column: Int, code: String, message: String) {
        self.line = line
        self.column = column
        self.code = code
        self.message = message
    }
}
