import Foundation

/// Reads the files that a user names on the command line.
enum InputFile {
    /// 4 GiB; an archive is held in memory.
    static let maximumBytes = 4 << 30

    /// What libcurl hands on at once (CURL_MAX_WRITE_SIZE). It is also little enough for malloc to keep the memory of
    /// a piece and its fields for the next, which it gives back to the system and fetches again at 64 KiB.
    private static let pieceBytes = 16 << 10

    /// The whole file; `-` is stdin. Throws a ``CommandFailure`` that names the file.
    static func read(_ path: String, maximumBytes: Int = InputFile.maximumBytes) throws(CommandFailure)
        -> Data
    {
        try naming(path) {
            guard path != "-" else { return try readInput(maximumBytes) }
            try check(path, maximumBytes)
            return try Data(contentsOf: URL(fileURLWithPath: path))
        }
    }

    /// Hands on the file piece by piece, as it would come from the network; `-` is stdin. Throws a
    /// ``CommandFailure`` that names the file; pieces before that were handed on.
    static func readPieces(
        _ path: String, maximumBytes: Int = InputFile.maximumBytes, _ take: ([UInt8]) -> Void
    ) throws(CommandFailure) {
        try naming(path) {
            guard path != "-" else {
                let bytes = [UInt8](try readInput(maximumBytes))
                for start in stride(from: 0, to: bytes.count, by: pieceBytes) {
                    take(Array(bytes[start..<min(start + pieceBytes, bytes.count)]))
                }
                return
            }
            try check(path, maximumBytes)
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            var left = maximumBytes
            while let piece = try piece(of: file) {
                left -= piece.count
                guard left >= 0 else { throw tooLarge(path, maximumBytes) }
                take(piece)
            }
        }
    }

    /// The next bytes; nil at the end.
    private static func piece(of file: FileHandle) throws -> [UInt8]? {
        var code: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: pieceBytes) { buffer, count in
            var got = 0
            repeat {
                // The buffer has this capacity.
                got = Glibc.read(file.fileDescriptor, buffer.baseAddress, pieceBytes)
                code = got < 0 ? errno : 0
            } while code == EINTR
            count = max(0, got)
        }
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
        return piece.isEmpty ? nil : piece
    }

    private static func readInput(_ maximumBytes: Int) throws -> Data {
        let data = try Console.current.standardInput.readAll(maximumBytes + 1)
        guard data.count <= maximumBytes else { throw tooLarge("-", maximumBytes) }
        return data
    }

    private static func check(_ path: String, _ maximumBytes: Int) throws {
        let values = try URL(fileURLWithPath: path).resourceValues(forKeys: [.isDirectoryKey, .fileSizeKey])
        if values.isDirectory == true { throw CommandFailure(.badData, "\(path): is a folder") }
        if let size = values.fileSize, size > maximumBytes { throw tooLarge(path, maximumBytes) }
    }

    private static func naming<Value>(_ path: String, _ read: () throws -> Value) throws(CommandFailure)
        -> Value
    {
        do {
            return try read()
        } catch let failure as CommandFailure {
            throw failure
        } catch let error as CocoaError where error.code == .fileReadNoPermission {
            throw CommandFailure(.permission, "\(path): permission denied")
        } catch let error as CocoaError
            where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile
        {
            throw CommandFailure(.inputOutput, "\(path): no such file")
        } catch {
            throw CommandFailure(.inputOutput, "\(path): cannot be read: \(error.localizedDescription)")
        }
    }

    private static func tooLarge(_ path: String, _ maximumBytes: Int) -> CommandFailure {
        CommandFailure(.badData, "\(path): larger than \(maximumBytes >> 20) MiB")
    }
}
