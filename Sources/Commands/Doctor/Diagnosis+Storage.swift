import Foundation
import Storage

extension Diagnosis {
    /// The journal may grow to this before it is written back (`NewsStore`), so with less the next digest may not
    /// be stored.
    static let leastFreeBytes: Int64 = 64 << 20
    /// A database that keeps its entries for 400 days grows by a tenth in 40 days: time enough to act.
    static let freeShare = 0.1
    /// A young database says little about how large it will be.
    static let comfortableFreeBytes: Int64 = 512 << 20

    static func storage(_ facts: HealthFacts) -> [Finding] {
        guard let storage = facts.storage else { return [] }
        return [
            rights(storage.database, facts.account), lock(storage, facts.daemon), schema(storage),
            disk(storage),
        ].compactMap { $0 }
    }

    private static func rights(_ database: PathFacts, _ account: Account) -> Finding {
        // The daemon makes missing folders itself where it may; what is there decides.
        var path = database
        while path.file == nil, path.folders.count > 1, path.folders.last?.look == .absent {
            path.folders.removeLast()
        }
        let isAbsent = database.look == .absent
        if let obstacle = path.obstacle(to: [.read, .write], for: account, makesNeighbours: true) {
            if case .hidden = path.look {
                return Finding(
                    .storage, "database", .warn, obstacle, remedy: "run doctor as root to look at it")
            }
            let what = isAbsent ? path.folders.last?.path ?? "/" : "\(database.path) and its folder"
            return Finding(
                .storage, "database", .fail, obstacle,
                remedy: "let \(account.name) read and write \(what) (chown), and enter every folder above")
        }
        return Finding(
            .storage, "database", .ok,
            isAbsent
                ? "\(database.path) will be made by \(account.name) at the first start"
                : "\(account.name) may read and write \(database.path)")
    }

    private static func lock(_ storage: HealthFacts.Storage, _ daemon: HealthFacts.Daemon) -> Finding {
        switch (storage.lock, daemon) {
        case (.unknown(let reason), _):
            Finding(
                .storage, "lock", .warn, "cannot tell who has the database in use: \(reason)",
                remedy: "run doctor as root to look at it")
        case (.held(let holder), .answers), (.held(let holder), .forbidden):
            Finding(.storage, "lock", .ok, "held by \(PrintableText.line(holder))")
        case (.held(let holder), .silent):
            Finding(
                .storage, "lock", .fail,
                "\(PrintableText.line(holder)) has the database in use and does not answer at the socket",
                remedy:
                    "wait if it is starting, else stop that process; `journalctl -u newswatchd` tells more")
        case (.free, .answers):
            Finding(
                .storage, "lock", .warn, "the daemon that answers does not have this database in use",
                remedy: "name its configuration with --config, or restart it with this one")
        case (.free, .silent), (.free, .forbidden):
            Finding(.storage, "lock", .ok, "free")
        }
    }

    private static func schema(_ storage: HealthFacts.Storage) -> Finding? {
        let current = DatabaseHeader.currentSchema
        switch storage.header {
        case nil: return nil
        case .unreadable(let error):
            // That it may not be read is said of its rights already.
            guard error.code != .permission else { return nil }
            return Finding(
                .storage, "schema", .fail, "\(error.path) cannot be used: \(error.reason)",
                remedy: "restore a backup, move it away, or name another [database] path")
        case .read(let header) where !header.isOurs:
            guard !header.hasJournal else {
                // Whoever has the database in use has opened it, and writes the journal back in time.
                return storage.lock == .free
                    ? Finding(
                        .storage, "schema", .note, "still in the journal; the next start writes it back")
                    : Finding(.storage, "schema", .ok, "in the journal of the process that has it in use")
            }
            return header.schemaVersion == 0
                ? Finding(.storage, "schema", .note, "the file is empty; the next start fills it")
                : Finding(
                    .storage, "schema", .fail, "the database was made by another program",
                    remedy: "move it away, or name another [database] path")
        case .read(let header) where header.schemaVersion > current:
            return Finding(
                .storage, "schema", .fail,
                "version \(header.schemaVersion) is of a newer newswatch; this one knows \(current)",
                remedy: "install the newer version again, or restore a backup")
        case .read(let header) where header.schemaVersion < current:
            return Finding(
                .storage, "schema", .note,
                "version \(header.schemaVersion); the next start makes it \(current)")
        case .read(let header):
            return Finding(.storage, "schema", .ok, "version \(header.schemaVersion)")
        }
    }

    private static func disk(_ storage: HealthFacts.Storage) -> Finding? {
        guard let free = storage.freeBytes else { return nil }
        let size = storage.database.file?.bytes ?? 0
        let finding = "\(mebibytes(free)) free, the database has \(mebibytes(size))"
        let remedy = "make room on its disk, keep less ([database] retain), or move [database] path"
        if free < leastFreeBytes {
            return Finding(
                .storage, "disk", .fail, "\(finding): too little for its journal", remedy: remedy)
        }
        guard storage.hasFreeFiles else {
            return Finding(.storage, "disk", .fail, "its disk takes no more files", remedy: remedy)
        }
        if free < max(comfortableFreeBytes, Int64(Double(size) * freeShare)) {
            return Finding(.storage, "disk", .warn, finding, remedy: remedy)
        }
        return Finding(.storage, "disk", .ok, finding)
    }

    /// `512 MiB`; whole, rounded down.
    private static func mebibytes(_ bytes: Int64) -> String { "\(bytes >> 20) MiB" }
}
