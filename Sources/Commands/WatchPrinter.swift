import ControlProtocol
import Foundation

/// Prints events as their bytes arrive, each line at once.
actor WatchPrinter {
    private let console: Console
    private let clock: (@Sendable (Date) -> String)?
    private var rest: [UInt8] = []

    /// `clock` writes the time of day for people; without it the lines are printed as they come.
    init(console: Console, clock: (@Sendable (Date) -> String)?) {
        self.console = console
        self.clock = clock
    }

    /// Takes the next bytes; lines may be cut anywhere. Throws an ``OutputFailure``, or `DecodingError` for what
    /// is no event.
    func take(_ bytes: [UInt8]) throws {
        rest += bytes
        var lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        rest = lines.popLast().map(Array.init) ?? []
        for line in lines {
            guard let clock else {
                try console.standardOutput.add(line + [UInt8(ascii: "\n")])
                continue
            }
            let event = try ControlCoding.decoder().decode(ControlEvent.self, from: Data(line))
            let text = WatchText.line(
                event, clock: clock, limit: console.columns, usesColour: console.usesColour)
            if let text { try console.print(text) }
        }
        try console.standardOutput.flush()
        // Nothing may have been printed for long: without this, `| head -1` would not end.
        try console.standardOutput.checkReader()
    }
}
