/// The part of a document that is being read: bytes come at its end and go at its start, and lines stay counted.
public struct ByteWindow: Sendable {
    private struct LineCount: Sendable {
        var offset = 0
        var line = 1
        var lineStart = 0
    }

    /// The bytes at hand.
    public private(set) var bytes: [UInt8] = []
    /// Bytes of the document before `bytes[0]`.
    public private(set) var origin = 0
    /// How far lines were counted, and how far at `bytes[0]`.
    private var counted = LineCount()
    private var countedAtOrigin = LineCount()

    /// A window at the start of a document.
    public init() {}

    /// Adds bytes and lets go of what was read. Returns where reading goes on in `bytes`.
    public mutating func append(_ more: [UInt8], readUpTo cursor: Int) -> Int {
        if cursor == bytes.count {
            discard(upTo: cursor)
            bytes = more
            return 0
        }
        var cursor = cursor
        // Moving the rest only when it is the smaller half keeps many small chunks linear.
        if cursor > 0, cursor >= bytes.count / 2 {
            discard(upTo: cursor)
            bytes.removeFirst(cursor)
            cursor = 0
        }
        bytes.append(contentsOf: more)
        return cursor
    }

    /// Line and column, both from 1, of an offset in the document; of bytes already gone, where the rest starts.
    ///
    /// Lines are counted only when asked for or when bytes go, and on from the last answer when the offsets rise.
    public mutating func position(of offset: Int) -> (line: Int, column: Int) {
        let target = max(origin, min(offset, origin + bytes.count))
        if target < counted.offset { counted = countedAtOrigin }
        count(to: target)
        return (counted.line, target - counted.lineStart + 1)
    }

    private mutating func count(to target: Int) {
        let (from, to) = (counted.offset - origin, target - origin)
        let lines = ByteScan.count(of: 0x0A, in: bytes.span, from..<to)
        if lines > 0, let last = ByteScan.lastIndex(of: 0x0A, in: bytes.span, from: from, to: to) {
            counted.lineStart = origin + last + 1
        }
        counted.line += lines
        counted.offset = target
    }

    private mutating func discard(upTo index: Int) {
        if counted.offset > origin + index { counted = countedAtOrigin }
        count(to: origin + index)
        countedAtOrigin = counted
        origin += index
    }
}
