import GRDB

/// Why the database cannot be used, on one line that says what to do.
package struct StorageError: Error, Sendable, CustomStringConvertible {
    /// What went wrong, to switch on.
    package enum Code: Sendable, Equatable {
        /// Another process holds the lock; `holder` is what it wrote about itself.
        case held(holder: String)
        /// No right to read or write it.
        case permission
        /// The file is no SQLite database.
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

    /// Translates what GRDB or SQLite threw.
    init(_ error: any Error, path: String) {
        if let known = error as? StorageError {
            self = known
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(code: .inputOutput, path: path, reason: String(describing: error))
            return
        }
        let code: Code =
            switch error.resultCode {
            case .SQLITE_NOTADB: .notADatabase
            case .SQLITE_CORRUPT: .corrupt
            case .SQLITE_FULL: .full
            case .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH, .SQLITE_CANTOPEN: .permission
            default: .inputOutput
            }
        // The message only: SQL arguments hold texts of feeds and stay out of logs.
        self.init(code: code, path: path, reason: error.message ?? error.resultCode.description)
    }

    package var description: String {
        switch code {
        case .held(let holder):
            "\(path) is in use by \(holder); stop that process, or give this one another path"
        case .permission: "\(path) cannot be opened: \(reason); check owner and rights of the file and its folder"
        case .notADatabase:
            "\(path) is not a SQLite database and was left as it is; move it away, or name another [database] path"
        case .corrupt:
            "\(path) is damaged (\(reason)) and was left as it is; restore a backup, or move it away to start anew"
        case .full: "\(path): no space left (\(reason)); nothing of the last document was stored"
        case .newerSchema:
            "\(path) was written by a newer newswatch (\(reason)); install that version again, or restore a backup"
        case .badValue: "\(path) holds a value that cannot be understood: \(reason)"
        case .inputOutput: "\(path): \(reason)"
        }
    }
}
