/// Tolerant push tokenizer for XML and HTML over UTF-8 bytes: a scanner with its bytes.
///
/// Give it bytes as they come (`append`), say when there are no more (`end`), and take tokens until `next` is nil.
/// It never fails: what is no markup is text. It checks no nesting; that is the reader's business.
public struct MarkupTokenizer: Sendable {
    /// Which language's rules hold where they differ.
    public typealias Syntax = MarkupScanner.Syntax

    /// Bytes of one tag or instruction.
    public static let maxTagBytes = MarkupScanner.maxTagBytes

    private var window = ByteWindow()
    private var scanner: MarkupScanner

    /// An empty tokenizer.
    public init(syntax: Syntax, maxAttributes: Int = 256, maxExpansionBytes: Int = 1 << 20) {
        scanner = MarkupScanner(
            syntax: syntax, maxAttributes: maxAttributes, maxExpansionBytes: maxExpansionBytes)
    }

    /// The bytes that tokens point into.
    public var bytes: [UInt8] { window.bytes }
    /// The last token.
    public var token: MarkupToken { scanner.token }
    /// The attributes of the last start tag, in order.
    public var attributes: [MarkupAttribute] { scanner.attributes }
    /// Entities declared by the document.
    public var entities: EntityTable {
        get { scanner.entities }
        set { scanner.entities = newValue }
    }
    /// Faults since they were last taken.
    public var faults: [MarkupFault] { scanner.faults }
    /// Whether every byte was handed out.
    public var isDrained: Bool { scanner.cursor >= window.bytes.count }

    /// Offset in the document of a token's index.
    public func offset(of index: Int) -> Int { window.origin + index }

    /// Adds bytes. Ranges of earlier tokens no longer hold.
    public mutating func append(_ more: [UInt8]) {
        let cursor = window.append(more, readUpTo: scanner.cursor)
        scanner.move(to: window.origin, cursor: cursor)
    }

    /// Says that no bytes follow.
    public mutating func end() { scanner.end() }

    /// Takes the faults found so far.
    public mutating func takeFaults() -> [MarkupFault] { scanner.takeFaults() }

    /// Line and column, both from 1, of an offset in the document; of bytes already gone, where the rest starts.
    public mutating func position(of offset: Int) -> (line: Int, column: Int) { window.position(of: offset) }

    /// The next token; nil when more bytes are needed or, after `end`, when there are none.
    public mutating func next() -> MarkupToken? { advance() ? token : nil }

    /// Reads the next token into `token`. False when more bytes are needed or, after `end`, when there are none.
    public mutating func advance() -> Bool {
        let bytes = window.bytes
        return scanner.advance(in: bytes.span)
    }
}
