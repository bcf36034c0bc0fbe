import GRDB
import Glibc

/// Why the database cannot be used, on one line that says what to do.
package struct StorageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong, to switch on.
    package enum Code: Sendable, Equatable {
        /// Another process holds the lock; `holder` is what it wrote about itself.
        case held(holder: String)
        /// No right to read or write it.
        case permission
        /// The file is no SQLite database, or that of another program.
        case notADatabase
        /// The database is damaged.
        case corrupt
        /// No space left.
        case full
        /// Written by a newer version of this program.
        case newerSchema
        /// A stored value cannot be understood.
        case badValue
        /// Anything else that the system or SQLite reports.
        case inputOutput
    }

    /// What went wrong.
    package var code: Code
    /// Path of the database or lock; `:memory:` for one without a file.
    package var path: String
    /// The cause as reported.
    package var reason: String

    /// All parts.
    package init(code: Code, path: String, reason: String) {
        self.code = code
        self.path = path
        self.reason = reason
    }

    /// What a system call reported about `path`.
    init(errno number: Int32, path: String) {
        let code: Code =
            switch number {
            case EACCES, EPERM, EROFS: .permission
            case ENOSPC, EDQUOT: .full
            default: .inputOutput
            }
        self.init(code: code, path: path, reason: String(cString: strerror(number)))
    }

    /// Translates what GRDB or SQLite threw.
    init(_ error: any Error, path: String) {
        switch error {
        case let known as StorageError:
            self = known
        case let error as DatabaseError:
            // The message only: SQL arguments hold texts of feeds and stay out of logs.
            self.init(
                code: Self.code(of: error.resultCode), path: path,
                reason: error.message ?? error.resultCode.description)
        case is RowDecodingError:
            // Its own description quotes the row.
            self.init(code: .badValue, path: path, reason: "a column of the wrong type")
        default:
            self.init(code: .inputOutput, path: path, reason: String(describing: error))
        }
    }

    private static func code(of result: ResultCode) -> Code {
        switch result {
        case .SQLITE_NOTADB: .notADatabase
        case .SQLITE_CORRUPT: .corrupt
        case .SQLITE_FULL: .full
        case .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH, .SQLITE_CANTOPEN: .permission
        default: .inputOutput
        }
    }

    /// Whether no later try can succeed, and every write could make it worse: the file itself is bad.
    package var isLasting: Bool {
        switch code {
        case .notADatabase, .corrupt, .newerSchema, .badValue: true
        case .held, .permission, .full, .inputOutput: false
        }
    }

    package var description: String {
        switch code {
        case .held(let holder):
            "\(path) is in use by \(holder); stop that process, or give this one another path"
        case .permission:
            "\(path) cannot be opened: \(reason); check owner and rights of the file and its folder"
        case .notADatabase:
            "\(path) is not a newswatch database (\(reason)) and was left as it is; restore a backup, move it away, "
                + "or name another [database] path"
        case .corrupt:
            "\(path) is damaged (\(reason)) and was left as it is; restore a backup, or move it away to start anew"
        case .full: "\(path): no space left (\(reason)); nothing of this transaction was stored"
        case .newerSchema:
            "\(path) was written by a newer newswatch (\(reason)) and was left as it is; install that version "
                + "again, or restore a backup"
        case .badValue: "\(path) holds a value that cannot be understood: \(reason); restore a backup"
        case .inputOutput: "\(path): \(reason)"
        }
    }
}
