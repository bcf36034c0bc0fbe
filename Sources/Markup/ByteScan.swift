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
        bytes.withUnsafeBufferPointer { buffer in
            let end = min(to, buffer.count)
            guard from >= 0, from < end else { return 0 }
            var total = 0
            var start = from
            // In blocks that a byte can count, over a plain buffer, so that it becomes vector code.
            while start < end {
                let stop = min(end, start + 255)
                var found: UInt8 = 0
                for candidate in UnsafeBufferPointer(rebasing: buffer[start..<stop]) {
                    found &+= candidate == byte ? 1 : 0
                }
                total += Int(found)
                start = stop
            }
            return total
        }
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
