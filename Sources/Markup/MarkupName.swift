/// A name's bytes as numbers, so that names are told apart without looking at their bytes again.
///
/// Whole for names of at most `wholeBytes` bytes; of longer ones these are the first bytes and the length.
public struct MarkupName: Sendable, Hashable {
    /// Bytes that the numbers hold. 24: `podcast:alternateEnclosure` and its like are rare, and compared by bytes.
    public static let wholeBytes = 24

    /// The first eight bytes, the next, and those after them; the first byte is the lowest, missing ones are 0.
    public private(set) var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
    /// Bytes of the name.
    public private(set) var count = 0

    /// The empty name.
    public init() {}

    /// The name at a range of bytes.
    public init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        count = range.count
        for index in 0..<min(count, Self.wholeBytes) {
            add(UInt64(bytes[range.lowerBound + index]) << UInt64(index % 8 * 8), at: index / 8)
        }
    }

    /// Whether the numbers hold all of it.
    public var isWhole: Bool { count <= Self.wholeBytes }

    /// The same with A–Z as a–z.
    public var lowered: MarkupName {
        var name = self
        name.words = (Self.lowered(words.0), Self.lowered(words.1), Self.lowered(words.2))
        return name
    }

    /// A number with all of the name mixed into its upper bits, for finding it in a table.
    @inlinable public var mixed: UInt64 {
        (words.0 ^ words.1 &* 131 ^ words.2 &* 31 ^ UInt64(count)) &* 0x9E37_79B9_7F4A_7C15
    }

    /// Whether numbers and lengths are equal; names that are not whole may still differ.
    @inlinable public static func == (left: MarkupName, right: MarkupName) -> Bool {
        left.words.0 == right.words.0 && left.count == right.count && left.words.1 == right.words.1
            && left.words.2 == right.words.2
    }

    /// Numbers and length, which is enough for a table.
    public func hash(into hasher: inout Hasher) { hasher.combine(mixed) }

    private mutating func add(_ bits: UInt64, at word: Int) {
        switch word {
        case 0: words.0 |= bits
        case 1: words.1 |= bits
        default: words.2 |= bits
        }
    }

    /// Eight bytes at once: the sums set a byte's highest bit where it is at least `A`, or more than `Z`.
    private static func lowered(_ word: UInt64) -> UInt64 {
        let low7 = word & 0x7F7F_7F7F_7F7F_7F7F
        let atLeastA = low7 &+ 0x3F3F_3F3F_3F3F_3F3F
        let beyondZ = low7 &+ 0x2525_2525_2525_2525
        let isUpper = atLeastA & ~beyondZ & ~word & highBits
        return word | isUpper >> 2
    }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// Bytes of the word before the first that can end a name: white space or a control character, `/`, `<` or
    /// `>`; 8 when there is none. (The tests may also hit bytes after a true hit, never before it.)
    private static func lengthOfName(in word: UInt64) -> Int {
        let slash = word ^ (ones &* 0x2F)
        let less = word ^ (ones &* 0x3C)
        let greater = word ^ (ones &* 0x3E)
        let hits =
            (word &- ones &* 0x21) & ~word | (slash &- ones) & ~slash | (less &- ones) & ~less
            | (greater &- ones) & ~greater
        return (hits & highBits).trailingZeroBitCount / 8
    }

    /// Reads the name at `start` and returns where it ends; nil when its end has not come.
    ///
    /// Inlined: a call for each tag is a twentieth of the time that parsing takes.
    @inline(__always) static func read(
        _ bytes: Span<UInt8>, at start: Int, into name: inout MarkupName
    ) -> Int? {
        guard start + wholeBytes < bytes.count else { return readBytewise(bytes, at: start, into: &name) }
        let first = word(bytes, at: start)
        var length = lengthOfName(in: first)
        if length < 8 {
            name = MarkupName(words: (head(of: first, length), 0, 0), count: length)
        } else {
            let second = word(bytes, at: start + 8)
            length = lengthOfName(in: second)
            if length < 8 {
                name = MarkupName(words: (first, head(of: second, length), 0), count: 8 + length)
            } else {
                let third = word(bytes, at: start + 16)
                length = lengthOfName(in: third)
                guard length < 8 else { return readBytewise(bytes, at: start, into: &name) }
                name = MarkupName(words: (first, second, head(of: third, length)), count: 16 + length)
            }
        }
        // A control character is no end.
        let end = start + name.count
        return endsName(bytes[end]) ? end : readBytewise(bytes, at: start, into: &name)
    }

    /// Whether this name stands at `start`, with `>` behind it; false also where the name is long or the bytes end.
    @inline(__always) func isClosed(in bytes: Span<UInt8>, at start: Int) -> Bool {
        guard count < 16, start + 16 < bytes.count, bytes[start + count] == 0x3E else { return false }
        let first = Self.word(bytes, at: start)
        if count < 8 { return Self.head(of: first, count) == words.0 }
        return first == words.0 && Self.head(of: Self.word(bytes, at: start + 8), count - 8) == words.1
    }

    private static func readBytewise(_ bytes: Span<UInt8>, at start: Int, into name: inout MarkupName) -> Int?
    {
        var end = start
        while end < bytes.count, !endsName(bytes[end]) { end += 1 }
        guard end < bytes.count else { return nil }
        name = MarkupName(bytes, start..<end)
        return end
    }

    private init(words: (UInt64, UInt64, UInt64), count: Int) {
        self.words = words
        self.count = count
    }

    private static func word(_ bytes: Span<UInt8>, at start: Int) -> UInt64 {
        // Any eight bytes are a number, and the read is checked against the bounds.
        UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self))
    }

    /// The first `length` bytes of a word, fewer than eight.
    private static func head(of word: UInt64, _ length: Int) -> UInt64 {
        word & ((1 &<< UInt64(length &* 8)) &- 1)
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte.isMarkupSpace || byte == 0x3E || byte == 0x2F || byte == 0x3C
    }
}

extension MarkupName: ExpressibleByStringLiteral {
    /// A name in a table of names.
    public init(stringLiteral value: StaticString) {
        self = value.withUTF8Buffer { MarkupName($0.span, 0..<$0.count) }
    }

    /// The name that a text holds.
    public init(_ text: String) {
        let bytes = Array(text.utf8)
        self = MarkupName(bytes.span, 0..<bytes.count)
    }
}
