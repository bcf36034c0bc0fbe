import Glibc

/// The end of a file of lines.
struct FileTail {
    /// Whole lines and the torn one, as they stand in the file. The first may lack its beginning when the file
    /// is longer than what was read.
    let bytes: [UInt8]
    /// What follows the last newline; empty in a sound file.
    let torn: [UInt8]

    static func read(
        _ descriptor: Int32, size: Int, maxBytes: Int, path: String
    ) throws(AlertingError) -> FileTail {
        let start = max(0, size - maxBytes)
        var bytes = [UInt8](repeating: 0, count: size - start)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                pread(
                    descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled,
                    off_t(start + filled))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw AlertingError(code: .file, message: "\(path): read: \(LineWriter.reason())")
            }
            filled += count
        }
        let end = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return FileTail(bytes: Array(bytes[..<end]), torn: Array(bytes[end...]))
    }

    /// Whole lines, newline included, whose length is that of one of `lines`.
    func lines(asLongAs lines: [[UInt8]]) -> Set<ArraySlice<UInt8>> {
        let lengths = Set(lines.map(\.count))
        var found: Set<ArraySlice<UInt8>> = []
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            if lengths.contains(end + 1 - start) { found.insert(bytes[start...end]) }
            start = end + 1
        }
        return found
    }
}
