import ControlProtocol
import Storage

extension CommandFailure {
    /// What a file or database refuses.
    init(_ error: StorageError) {
        if case .held(let holder) = error.code {
            self.init(
                .inUse,
                "\(error.path): in use by \(holder); ask it with --socket instead of --database")
        } else {
            self.init(Self.exitCode(of: error), "\(error)")
        }
    }

    private static func exitCode(of error: StorageError) -> ExitCode {
        switch error.code {
        case .held: .inUse
        case .permission: .permission
        case .notADatabase, .corrupt, .newerSchema, .badValue: .badData
        case .full, .inputOutput: .inputOutput
        }
    }
}
