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

    /// The first index of a byte beyond ASCII.
    static func indexBeyondASCII(in bytes: Span<UInt8>) -> Int? {
        let raw = bytes.bytes
        var index = 0
        while index + 32 <= bytes.count {
            // Any eight bytes are a number, and the reads are checked against the bounds.
            let first = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
            guard first & SIMD4(repeating: highBits) == SIMD4(repeating: 0) else { break }
            index += 32
        }
        while index < bytes.count {
            if bytes[index] >= 0x80 { return index }
            index += 1
        }
        return nil
    }

    /// How often `byte` occurs in `bytes[range]`.
    static func count(of byte: UInt8, in bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        let raw = bytes.bytes
        let pattern = SIMD32(repeating: byte)
        var total = 0
        var index = range.lowerBound
        while index + 32 <= range.upperBound {
            // Each lane counts its own hits: at most 255 of them.
            var hits = SIMD32<UInt8>(repeating: 0)
            let end = min(range.upperBound - 31, index + 255 * 32)
            while index < end {
                // Any bytes are numbers, and the read is checked against the bounds.
                let lanes = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: SIMD32<UInt8>.self)
                // A lane of the mask is -1 or 0; `replacing(with:where:)` would be ten times as slow.
                hits &-= unsafeBitCast(lanes .== pattern, to: SIMD32<UInt8>.self)
                index += 32
            }
            for lane in hits.indices { total += Int(hits[lane]) }
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
