import Markup

extension Span<UInt8> {
    /// The first index of a byte in a range.
    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            if self[index] == byte { return index }
            index += 1
        }
        return nil
    }

    /// Whether all bytes are the same.
    func equals(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count where self[index] != other[index] { return false }
        return true
    }

    /// Whether a range is a lower-case text, written in any case.
    func matches(_ text: StaticString, in range: Range<Int>) -> Bool {
        text.withUTF8Buffer { wanted in
            guard wanted.count == range.count else { return false }
            for offset in 0..<wanted.count
            where self[range.lowerBound + offset].asciiLowered != wanted[offset] {
                return false
            }
            return true
        }
    }

    /// Whether a range has ASCII only.
    func isASCII(_ range: Range<Int>) -> Bool {
        for index in range where self[index] >= 0x80 { return false }
        return true
    }

    /// A range without white space at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isMarkupSpace { start += 1 }
        while end > start, self[end - 1].isMarkupSpace { end -= 1 }
        return start..<end
    }
}
