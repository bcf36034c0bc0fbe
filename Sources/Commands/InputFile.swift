import Foundation

/// Reads the files that a user names on the command line.
enum InputFile {
    /// 4 GiB; an archive is held in memory.
    static let maximumBytes = 4 << 30

    /// The whole file; `-` is stdin. Throws a ``CommandFailure`` that names the file.
    static func read(_ path: String, maximumBytes: Int = InputFile.maximumBytes) throws(CommandFailure)
        -> Data
    {
        do {
            if path == "-" {
                let data = try Console.current.standardInput.readAll(maximumBytes + 1)
                guard data.count <= maximumBytes else { throw tooLarge(path, maximumBytes) }
                return data
            }
            let values = try URL(fileURLWithPath: path).resourceValues(forKeys: [
                .isDirectoryKey, .fileSizeKey,
            ])
            if values.isDirectory == true { throw CommandFailure(.badData, "\(path): is a folder") }
            if let size = values.fileSize, size > maximumBytes { throw tooLarge(path, maximumBytes) }
            return try Data(contentsOf: URL(fileURLWithPath: path))
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
