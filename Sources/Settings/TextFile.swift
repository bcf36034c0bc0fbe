import Foundation

/// Reads the small files that a configuration consists of.
package enum TextFile {
    /// 4 MiB: a hundred times the largest lexicon. Beyond it the file is something else.
    static let maxBytes = 4 << 20
    /// 16 MiB, the limit of a feed: lists of feeds are written by programs and may be large.
    package static let maxListBytes = 16 << 20

    /// The whole file, or nil after noting at `position` of `referrer` why not. A fault of the file that
    /// names another one belongs where the name stands, because that is where it is put right.
    static func read(
        _ path: String, maxBytes: Int = TextFile.maxBytes, referrer: String, position: SourcePosition,
        what: String, faults: FaultCollector
    ) -> [UInt8]? {
        func refuse(_ reason: String) -> [UInt8]? {
            faults.add(referrer, position, "\(what) \(path): \(reason)")
            return nil
        }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            return refuse("no such file")
        }
        guard !isDirectory.boolValue else { return refuse("is a directory") }
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }  // Read only: closing can lose nothing.
            let data = try handle.read(upToCount: maxBytes + 1) ?? Data()
            guard data.count <= maxBytes else { return refuse("larger than \(maxBytes >> 20) MiB") }
            return [UInt8](data)
        } catch {
            return refuse("cannot be read (\(reason(of: error)))")
        }
    }

    private static func reason(of error: any Error) -> String {
        if case let cocoa as CocoaError = error, cocoa.code == .fileReadNoPermission {
            return "permission denied"
        }
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        return (underlying ?? error as NSError).localizedDescription
    }

    /// `path` as written in the file `referrer`: absolute as it is, else beside that file.
    static func resolve(_ path: String, beside referrer: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let slash = referrer.lastIndex(of: "/") else { return path }
        return String(referrer[...slash]) + path
    }
}
