import ControlProtocol
import Foundation

/// Prints events as their bytes arrive, each line at once.
actor WatchPrinter {
    private let console: Console
    private let isRaw: Bool
    private var rest: [UInt8] = []

    /// `isRaw`: the lines as they come instead of text for people.
    init(console: Console, isRaw: Bool) {
        self.console = console
        self.isRaw = isRaw
    }

    /// Takes the next bytes; lines may be cut anywhere. Throws an ``OutputFailure``, or `DecodingError` for what
    /// is no event.
    func take(_ bytes: [UInt8]) throws {
        rest += bytes
        var lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        rest = lines.popLast().map(Array.init) ?? []
        for line in lines {
            if isRaw {
                try console.standardOutput.add(line + [UInt8(ascii: "\n")])
            } else {
                let event = try ControlCoding.decoder().decode(ControlEvent.self, from: Data(line))
                if let text = WatchText.line(event, limit: console.columns, usesColour: console.usesColour) {
                    try console.print(text)
                }
            }
        }
        try console.standardOutput.flush()
        // Nothing may have been printed for long: without this, `| head -1` would not end.
        try console.standardOutput.checkReader()
    }
}
