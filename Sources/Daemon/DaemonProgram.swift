import Alerting
import Settings
import ControlProtocol
import ControlServer
import Foundation
import Logging
import Storage

/// `newswatchd`: from a configuration file to an exit code.
package enum DaemonProgram {
    /// Runs the daemon of the configuration at `configurationPath` until it is told to stop, or through one round
    /// with `once`. Faults go to stderr, one line each. Returns an `ExitCode`'s value.
    package static func run(configurationPath: String, once: Bool) async -> Int32 {
        let source = ConfigurationSource(path: configurationPath)
        let configuration: NewswatchConfiguration
        do throws(ConfigurationFaults) {
            configuration = try source.read()
        } catch {
            complain("\(error)")
            return ExitCode.configuration.rawValue
        }
        // SIGHUP asks for a reload. Before that can be done, and through one round, it must not end the process.
        signal(SIGHUP, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)

        var mode = NewswatchDaemon.Mode()
        mode.isOneRound = once
        mode.notifier = ServiceNotifier(
            environment: ProcessInfo.processInfo.environment,
            processID: ProcessInfo.processInfo.processIdentifier)
        do {
            try makeFolders(for: configuration)
            let daemon = try NewswatchDaemon(
                configuration: configuration, source: source, mode: mode, logger: logger(isOneRound: once))
            let isFine = try await daemon.run()
            return (once && !isFine ? ExitCode.unhealthy : .success).rawValue
        } catch {
            complain("newswatchd: \(error)")
            return exitCode(of: error).rawValue
        }
    }

    /// The exit code of a program that ends because of `error`.
    package static func exitCode(of error: any Error) -> ExitCode {
        switch error {
        case let error as StorageError:
            switch error.code {
            case .held: .inUse
            case .permission: .permission
            case .badValue: .badData
            case .notADatabase, .corrupt, .full, .newerSchema, .inputOutput: .inputOutput
            }
        case let error as ControlServerError: error.exitCode
        case is ConfigurationFaults: .configuration
        case let error as AlertingError where error.code == .secret || error.code == .address: .configuration
        case CocoaError.fileWriteNoPermission: .permission
        default: .inputOutput
        }
    }

    /// Where nothing else makes them (systemd does), the folders of database and socket are ours to make.
    private static func makeFolders(for configuration: NewswatchConfiguration) throws {
        for path in [configuration.databasePath, configuration.socketPath] {
            let folder = URL(filePath: path).deletingLastPathComponent()
            guard !FileManager.default.fileExists(atPath: folder.path) else { continue }
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
        }
    }

    private static func logger(isOneRound: Bool) -> Logger {
        var logger = Logger(label: "newswatchd") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = isOneRound ? .warning : .info
        return logger
    }

    private static func complain(_ text: String) {
        // With stderr closed the exit code is all that is left to tell.
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }
}
