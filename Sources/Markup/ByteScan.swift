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

    /// How often `byte` occurs in `bytes[range]`.
    static func count(of byte: UInt8, in bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        bytes.extracting(range).withUnsafeBufferPointer { buffer in
            var total = 0
            var start = 0
            while start < buffer.count {
                // Sums of one byte each fill a vector register, and cannot overflow over so few.
                let end = min(start + 255, buffer.count)
                var sum: UInt8 = 0
                for other in buffer[start..<end] { sum &+= other == byte ? 1 : 0 }
                total += Int(sum)
                start = end
            }
            return total
        }
    }

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
