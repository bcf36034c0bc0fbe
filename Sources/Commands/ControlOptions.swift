import ArgumentParser
import ControlProtocol
import Foundation

/// Where the daemon's socket is.
struct SocketOption: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The daemon's control socket. (default: $NEWSWATCH_SOCKET, else \(ControlRoute.defaultSocketPath))",
            valueName: "path"), completion: .file(extensions: ["sock"]))
    var socket: String?

    /// The path that holds in this environment.
    func path(_ environment: [String: String]) -> String { socket ?? Self.path(environment) }

    /// The path where no option names one.
    static func path(_ environment: [String: String]) -> String {
        let fromEnvironment = environment["NEWSWATCH_SOCKET"] ?? ""
        return fromEnvironment.isEmpty ? ControlRoute.defaultSocketPath : fromEnvironment
    }

    /// A client for the socket. Throws ``CommandFailure`` when none can be made.
    func client(_ console: Console) throws -> ControlClient {
        try ControlClient(socketPath: path(console.environment))
    }
}

/// What every verb of `ctl` understands.
struct ControlOptions: ParsableArguments {
    @OptionGroup var socket: SocketOption

    @Flag(name: .long, help: "Print one JSON document instead of a table.")
    var json = false
}
