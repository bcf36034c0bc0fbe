import Glibc

/// Searches over bytes at the speed of `memchr`.
enum ByteScan {
    /// The first index of `byte` in `bytes[from..<to]`. Bounds outside the array are clamped.
    static func index(of byte: UInt8, in bytes: [UInt8], from: Int, to: Int) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            let end = min(to, buffer.count)
            guard from >= 0, from < end, let base = buffer.baseAddress else { return nil }
            // The range was just checked against the buffer.
            guard let found = memchr(base + from, Int32(byte), end - from) else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }

    /// How often `byte` occurs in `bytes[from..<to]`.
    static func count(of byte: UInt8, in bytes: [UInt8], from: Int, to: Int) -> Int {
        var total = 0
        var start = from
        // Lines are long enough for memchr to beat a loop over the bytes.
        while let found = index(of: byte, in: bytes, from: start, to: to) {
            total += 1
            start = found + 1
        }
        return total
    }

    /// The last index of `byte` in `bytes[from..<to]`.
    static func lastIndex(of byte: UInt8, in bytes: [UInt8], from: Int, to: Int) -> Int? {
        var index = min(to, bytes.count)
        while index > from {
            index -= 1
            if bytes[index] == byte { return index }
        }
        return nil
    }
}
