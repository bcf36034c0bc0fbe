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
    static func read(_ bytes: Span<UInt8>, at start: Int, into name: inout MarkupName) -> Int? {
        name = MarkupName()
        let raw = bytes.bytes
        var index = start
        while index + 8 <= bytes.count {
            // Any eight bytes are a number, and the read is checked against the bounds.
            let word = UInt64(
                littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
            let length = lengthOfName(in: word)
            if length < 8 {
                name.take(length > 0 ? word & (~0 >> UInt64(64 - length * 8)) : 0, at: index - start)
                index += length
                // A control character is no end.
                guard endsName(bytes[index]) else { break }
                name.count = index - start
                return index
            }
            name.take(word, at: index - start)
            index += 8
        }
        while index < bytes.count, !endsName(bytes[index]) { index += 1 }
        guard index < bytes.count else { return nil }
        name = MarkupName(bytes, start..<index)
        return index
    }

    private mutating func take(_ word: UInt64, at offset: Int) {
        switch offset {
        case 0: words.0 = word
        case 8: words.1 = word
        case 16: words.2 = word
        default: break
        }
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
}
