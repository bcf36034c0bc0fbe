import Glibc
import Storage

/// Appends every alert as a line to a file, exactly once.
///
/// An alert's line never changes, so whether it was written can be read from the file itself. Before the first
/// batches, and after one that failed, the end of the file is read: lines already there are not written again,
/// and a last line that a crash or a full disk cut short is completed or moved out of the way.
package actor FileSink: AlertSink {
    /// 8 MiB of the file's end are searched for lines of alerts that are still pending: far more than
    /// `unnotedLines` take.
    static let searchedBytes = 8 << 20

    package nonisolated let name: String
    package nonisolated let batchLimit = 100
    private let path: String
    private let format: AlertFormat
    private let policy: SinkPolicy
    private let executor: QueueExecutor
    /// So many lines may have been written without having been noted.
    private static let unnotedLines = DeliveryLane.maxUnmarked + 100
    /// Alerts that are searched for in the file before they are written.
    private var searched = unnotedLines

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// What an alert becomes.
    private struct Line {
        /// Place of the alert in its batch.
        var index: Int
        var bytes: [UInt8]
        /// It stands in the file already, and is wanted once more.
        var isRepeated: Bool
    }

    /// Nothing is opened before the first delivery.
    package init(name: String, path: String, format: AlertFormat, policy: SinkPolicy = SinkPolicy()) {
        self.name = name
        self.path = path
        self.format = format
        self.policy = policy
        executor = QueueExecutor(label: "newswatch.sink.\(name)")
    }

    package func deliver(_ alerts: [PendingAlert]) -> [DeliveryResult] {
        var results = [DeliveryResult](repeating: .delivered, count: alerts.count)
        var lines: [Line] = []
        for (index, alert) in alerts.enumerated() {
            do throws(AlertingError) {
                let bytes = try AlertLine.bytes(of: alert, format: format, policy: policy)
                lines.append(Line(index: index, bytes: bytes, isRepeated: alert.isRepeated))
            } catch {
                results[index] = .rejected(reason: error.message)
            }
        }
        do {
            try append(lines)
        } catch {
            searched = Self.unnotedLines
            for line in lines { results[line.index] = .retry(reason: error.message, after: nil) }
        }
        return results
    }

    /// A last line that was cut short is moved out of the way.
    package func repair() {
        guard access(path, F_OK) == 0 else { return }
        do {
            try append([])
        } catch {
            // What is wrong with the file is told with the first alert, which is not lost by it.
            return
        }
    }

    /// Opened for each batch, so that a file moved away by logrotate is let go.
    private func append(_ lines: [Line]) throws(AlertingError) {
        let isNew = access(path, F_OK) != 0
        // O_NONBLOCK: opening a FIFO without a reader must fail, not wait.
        let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o640)
        guard descriptor >= 0 else { throw failure("open") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("stat") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw AlertingError(code: .file, message: "\(path): not a regular file")
        }
        let rest =
            searched <= 0
            ? lines.map(\.bytes) : try unwritten(lines, in: descriptor, size: Int(status.st_size))
        let bytes = Array(rest.joined())
        if let reason = LineWriter.write(bytes, to: descriptor) {
            throw AlertingError(code: .file, message: "\(path): write: \(reason)")
        }
        guard fsync(descriptor) == 0 else { throw failure("fsync") }
        if isNew { try syncDirectory() }
        searched = max(0, searched - lines.count)
    }

    /// The lines that are not in the file yet; of a line that stands there cut short, the part that is missing.
    private func unwritten(
        _ lines: [Line], in descriptor: Int32, size: Int
    ) throws(AlertingError) -> [[UInt8]] {
        let tail = try FileTail.read(descriptor, size: size, maxBytes: Self.searchedBytes, path: path)
        let known = tail.lines(asLongAs: lines.map(\.bytes))
        var rest = lines.filter { $0.isRepeated || !known.contains($0.bytes[...]) }.map(\.bytes)
        guard !tail.torn.isEmpty else { return rest }
        if let next = rest.first, next.starts(with: tail.torn) {
            rest[0] = Array(next.dropFirst(tail.torn.count))
        } else {
            try moveOut(tail.torn, of: descriptor, size: size)
        }
        return rest
    }

    /// Bytes at the end that no pending line begins with: kept in `PATH.torn`, cut from the file.
    private func moveOut(_ torn: [UInt8], of descriptor: Int32, size: Int) throws(AlertingError) {
        let aside = path + ".torn"
        let kept = open(aside, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o640)
        guard kept >= 0 else { throw failure("open", aside) }
        defer { close(kept) }
        if let reason = LineWriter.write(torn + [0x0A], to: kept) {
            throw AlertingError(code: .file, message: "\(aside): write: \(reason)")
        }
        guard fsync(kept) == 0 else { throw failure("fsync", aside) }
        guard ftruncate(descriptor, off_t(size - torn.count)) == 0 else { throw failure("truncate") }
    }

    /// A new file is safe once its directory is (fsync(2), notes).
    private func syncDirectory() throws(AlertingError) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("fsync", folder) }
    }

    private func failure(_ operation: String, _ subject: String? = nil) -> AlertingError {
        AlertingError(code: .file, message: "\(subject ?? path): \(operation): \(LineWriter.reason())")
    }
}
