import Glibc

/// Searches over bytes at the speed of `memchr`.
enum ByteScan {
    /// The first index of `byte` in `bytes[from..<to]`. Bounds outside the bytes are clamped.
    static func index(of byte: UInt8, in bytes: Span<UInt8>, from: Int, to: Int) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            let end = min(to, buffer.count)
            guard from >= 0, from < end, let base = buffer.baseAddress else { return nil }
            // The range was just checked against the buffer.
            guard let found = memchr(base + from, Int32(byte), end - from) else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }

    /// The first index of `byte` in `bytes[from..<to]`. Bounds outside the bytes are clamped.
    static func index(of byte: UInt8, in bytes: [UInt8], from: Int, to: Int) -> Int? {
        index(of: byte, in: bytes.span, from: from, to: to)
    }

    /// The first index of `byte` from `start` on, where it is likely to be among the next eight: calling `memchr`
    /// for so few takes longer than looking at them.
    static func nearIndex(of byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int? {
        guard start >= 0, start + 8 <= bytes.count else {
            return index(of: byte, in: bytes, from: start, to: bytes.count)
        }
        // Any eight bytes are a number, and the read is checked against the bounds.
        let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
        let others = UInt64(littleEndian: word) ^ (ones &* UInt64(byte))
        // The lowest bit stands for the first of them; above it there may be false ones.
        let hits = (others &- ones) & ~others & highBits
        guard hits == 0 else { return start + hits.trailingZeroBitCount / 8 }
        return index(of: byte, in: bytes, from: start + 8, to: bytes.count)
    }

    /// How often `byte` occurs in `bytes[range]`.
    static func count(of byte: UInt8, in bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        let raw = bytes.bytes
        let pattern = ones &* UInt64(byte)
        var total = 0
        var index = range.lowerBound
        while index + 8 <= range.upperBound {
            // Each byte of the sum counts in its own place the bytes that are others: at most 31 without a carry.
            var others: UInt64 = 0
            let start = index
            let end = min(range.upperBound - 7, start + 31 * 8)
            while index < end {
                // Any eight bytes are a number, and the read is checked against the bounds.
                let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self) ^ pattern
                others &+= ((word & ~highBits &+ ~highBits) | word) >> 7 & ones
                index += 8
            }
            total += index - start - Int((others &* ones) >> 56)
        }
        while index < range.upperBound {
            if bytes[index] == byte { total += 1 }
            index += 1
        }
        return total
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The last index of `byte` in `bytes[from..<to]`.
    static func lastIndex(of byte: UInt8, in bytes: Span<UInt8>, from: Int, to: Int) -> Int? {
        var index = min(to, bytes.count)
        while index > from {
            index -= 1
            if bytes[index] == byte { return index }
        }
        return nil
    }
}
