import ArgumentParser
import ControlProtocol
import Foundation

/// `newswatch ctl watch`.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Tells what the daemon does as it happens.",
        discussion: """
            Polls that end, developments that open, alerts that are queued, delivered, put off or given up, \
            pauses and new configurations. Goes on until the daemon stops (exit code 69) or Ctrl-C. A reader \
            that is too slow is told how many events it missed.

            Examples:
              newswatch ctl watch
              newswatch ctl watch --jsonl | jq -r 'select(.type == "development") | .headline'
            """)

    @Flag(
        name: [.customLong("jsonl"), .customLong("json")],
        help: "Print one JSON object per line, heartbeats included.")
    var jsonl = false

    @OptionGroup var time: TimeOption
    @OptionGroup var socket: SocketOption

    func run() async throws {
        let console = Console.current
        let client = try socket.client(console)
        let clock = { @Sendable [time] (date: Date) in time.clock(date, console) }
        let printer = WatchPrinter(console: console, clock: jsonl ? nil : clock)
        do {
            try await client.stream(.watch, limits: ControlClient.watching) { try await printer.take($0) }
        } catch let error as DecodingError {
            throw client.strange(error, status: 200)
        }
        throw CommandFailure(.unavailable, "the daemon stops; nothing more comes")
    }
}
