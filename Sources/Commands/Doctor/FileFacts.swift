import Foundation

/// What stat(2) tells about a file.
struct FileFacts: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case file, folder, socket, other
    }

    var kind: Kind
    var owner: UInt32
    var group: UInt32
    /// The nine permission bits.
    var mode: UInt32
    var bytes: Int64 = 0

    /// The mode as chmod(1) takes it, for example `0640`.
    var octal: String { "0" + String(mode, radix: 8) }
}

/// What is at a path, and the folders on the way to it.
struct PathFacts: Sendable, Equatable {
    /// What a look at one name gave.
    enum Look: Sendable, Equatable {
        case there(FileFacts)
        case absent
        /// The system's reason why it cannot be told.
        case hidden(String)
    }

    /// A folder on the way.
    struct Step: Sendable, Equatable {
        var path: String
        var look: Look
    }

    var path: String
    var look: Look
    /// From `/` to the folder that holds it.
    var folders: [Step]

    /// Nil when there is no such file, or it cannot be told.
    var file: FileFacts? {
        if case .there(let file) = look { file } else { nil }
    }

    /// What keeps the account from reading or writing the file, or from making it where there is none; nil when
    /// nothing does. The folder must be writable too where `makesNeighbours`, as SQLite's journal is made there.
    func obstacle(
        to rights: [Account.Right], for account: Account, makesNeighbours: Bool = false
    ) -> String? {
        for (index, step) in folders.enumerated() {
            switch step.look {
            case .hidden(let reason): return "\(step.path) cannot be looked at (\(reason))"
            case .absent: return "there is no folder \(step.path)"
            case .there(let folder):
                guard folder.kind == .folder else { return "\(step.path) is no folder" }
                let isLast = index == folders.count - 1
                let mustWrite = isLast && (makesNeighbours || (file == nil && rights.contains(.write)))
                for right in mustWrite ? [Account.Right.search, .write] : [.search] {
                    if let refusal = Self.refusal(account, right, step.path, folder) { return refusal }
                }
            }
        }
        switch look {
        case .hidden(let reason): return "\(path) cannot be looked at (\(reason))"
        case .absent: return rights.contains(.write) ? nil : "there is no file \(path)"
        case .there(let file):
            guard file.kind == .file else { return "\(path) is no regular file" }
            return rights.lazy.compactMap { Self.refusal(account, $0, path, file) }.first
        }
    }

    private static func refusal(
        _ account: Account, _ right: Account.Right, _ path: String, _ file: FileFacts
    ) -> String? {
        guard !account.may(right, file) else { return nil }
        let verb =
            switch right {
            case .read: "read"
            case .write: "write to"
            case .search: file.kind == .folder ? "enter" : "run"
            }
        return "\(account.name) may not \(verb) \(path) (mode \(file.octal), owner \(file.owner))"
    }
}

extension PathFacts {
    /// Looks at `path` and every folder above it; symbolic links count as what they lead to.
    init(lookingAt path: String) {
        let url = URL(fileURLWithPath: path).standardizedFileURL
        var folders: [Step] = []
        var folder = url
        while folder.path != "/" {
            folder = folder.deletingLastPathComponent()
            folders.insert(Step(path: folder.path, look: Self.look(folder.path)), at: 0)
        }
        self.init(path: path, look: Self.look(url.path), folders: folders)
    }

    private static func look(_ path: String) -> Look {
        var status = stat()
        guard stat(path, &status) == 0 else {
            return errno == ENOENT || errno == ENOTDIR ? .absent : .hidden(String(cString: strerror(errno)))
        }
        let kind: FileFacts.Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFSOCK: .socket
            default: .other
            }
        return .there(
            FileFacts(
                kind: kind, owner: status.st_uid, group: status.st_gid, mode: status.st_mode & 0o777,
                bytes: Int64(status.st_size)))
    }
}
