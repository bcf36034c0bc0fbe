import ControlProtocol
import ControlServer
import Dispatch
import Foundation
import Storage
import Synchronization

/// A copy of the database on its way to a client: a file without a name, which goes when nobody reads it any
/// more, however the daemon ends.
actor DatabaseCopy: ControlStream {
    /// What must stay free on the disk beside the copy, so that it does not stop the daemon's own writing.
    private static let reserveBytes: Int64 = 64 << 20
    private static let pieceBytes = 64 << 10

    nonisolated let mediaType = MediaType.database
    nonisolated let length: Int?
    private let file: FileHandle
    private let turn: ExclusiveTurn.Token
    private let isStopped: Atomic<Bool>

    private init(file: FileHandle, length: Int, turn: ExclusiveTurn.Token) {
        self.file = file
        self.length = length
        self.turn = turn
        isStopped = Atomic(false)
    }

    /// Copies the database beside itself and takes the copy's name away. Throws `conflict` without room for it, a
    /// `StorageError`, or `CancellationError`.
    static func make(of store: NewsStore, turn: ExclusiveTurn.Token) async throws -> DatabaseCopy {
        try checkRoom(for: store)
        let isCancelled = Flag()
        let descriptor = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // Minutes for a large database: no thread of the shared pool is to be held meanwhile.
                DispatchQueue(label: "newswatch.backup").async {
                    continuation.resume(
                        with: Result {
                            let file = try NewFile(path: path(of: store.path))
                            try store.copy(to: file.partialPath) { isCancelled.isSet }
                            return try file.detach()
                        })
                }
            }
        } onCancel: {
            isCancelled.set()
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let length = try file.seekToEnd()
        try file.seek(toOffset: 0)
        return DatabaseCopy(file: file, length: Int(length), turn: turn)
    }

    /// Removes what a daemon that was killed within a copy has left behind. The caller holds the database's lock.
    static func removeLeftovers(of database: String) throws {
        let partial = path(of: database) + ".partial"
        for path in [partial, partial + "-journal"] {
            guard unlink(path) != 0, errno != ENOENT else { continue }
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO, userInfo: [NSFilePathErrorKey: path])
        }
    }

    private static func path(of database: String) -> String { database + ".copy" }

    private static func checkRoom(for store: NewsStore) throws {
        let folder = URL(filePath: store.path).deletingLastPathComponent().path
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder)
        guard let free = (attributes[.systemFreeSize] as? NSNumber)?.int64Value else { return }
        let needed = try store.sizeInBytes() + reserveBytes
        guard free >= needed else {
            throw ControlFailure.conflict(
                "a backup needs \(needed >> 20) MiB beside the database meanwhile, and \(free >> 20) MiB are free"
            )
        }
    }

    func next() async throws -> [UInt8]? {
        if isStopped.load(ordering: .acquiring) { throw CancellationError() }
        guard let piece = try file.read(upToCount: Self.pieceBytes), !piece.isEmpty else { return nil }
        return Array(piece)
    }

    nonisolated func stop() {
        isStopped.store(true, ordering: .releasing)
        turn.end()
    }

    /// Raised by the task that waits, seen by the thread that copies.
    private final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .acquiring) }
        func set() { value.store(true, ordering: .releasing) }
    }
}
