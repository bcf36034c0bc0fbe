import ControlProtocol
import Foundation

/// What a verb sees of its surroundings: what it may read, where its output goes, how wide it may be, the environment, the clock.
package struct Console: Sendable {
    /// The console of the running program. A task-local value, because argument-parser makes the verbs itself.
    @TaskLocal package static var current = Console.standard()

    /// Help is wrapped at this width when the terminal's is unknown.
    package static let defaultColumns = 80

    package var standardInput: InputChannel
    package var standardOutput: OutputChannel
    package var standardError: OutputChannel
    package var environment: [String: String]
    /// The width that tables must fit; nil for no limit, as in a pipe.
    package var columns: Int?
    package var usesColour: Bool
    /// Where the running program's file is, nil when unknown.
    package var executablePath: String?
    package var now: @Sendable () -> Date
    /// Seconds that the reader's clocks are ahead of UTC at an instant; summer time makes it differ over the year.
    package var utcOffset: @Sendable (Date) -> Int

    /// A console of the given parts.
    package init(
        standardInput: InputChannel = .empty, standardOutput: OutputChannel, standardError: OutputChannel,
        environment: [String: String] = [:], columns: Int? = nil, usesColour: Bool = false,
        executablePath: String? = nil, now: @escaping @Sendable () -> Date = { Date() },
        utcOffset: @escaping @Sendable (Date) -> Int = { _ in 0 }
    ) {
        self.standardInput = standardInput
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.environment = environment
        self.columns = columns
        self.usesColour = usesColour
        self.executablePath = executablePath
        self.now = now
        self.utcOffset = utcOffset
    }

    /// The process's own: stdout and stderr, `COLUMNS` or the terminal's width; colours on a terminal unless
    /// `NO_COLOR` is set (no-color.org) or the terminal is dumb.
    package static func standard() -> Console {
        let environment = ProcessInfo.processInfo.environment
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let refusesColour = environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb"
        return Console(
            standardInput: .descriptor(STDIN_FILENO), standardOutput: .descriptor(STDOUT_FILENO),
            standardError: .descriptor(STDERR_FILENO, limit: 0),
            environment: environment,
            columns: columns(in: environment) ?? (isTerminal ? terminalColumns() : nil),
            usesColour: isTerminal && !refusesColour,
            executablePath: executable(), utcOffset: { localOffset(at: $0) })
    }

    /// The terminal's time zone as tzset(3) reads it: `TimeZone.current` takes `:Europe/Berlin`, a path and a
    /// POSIX rule such as `CET-1CEST` in `TZ` for UTC.
    private static func localOffset(at date: Date) -> Int {
        var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
        var parts = tm()
        return localtime_r(&seconds, &parts) == nil ? 0 : parts.tm_gmtoff
    }

    /// Writes a line to stdout.
    func print(_ text: String) throws(OutputFailure) {
        try standardOutput.line(text)
    }

    /// Writes one document as a line of JSON to stdout.
    func print(json value: some Encodable) throws {
        try standardOutput.add(try ControlCoding.line(value))
    }

    /// Writes `newswatch: …` to stderr.
    func complain(_ text: String) {
        note("newswatch: \(text)")
    }

    /// Writes a line to stderr. That stderr cannot be written is the one failure with nobody left to tell.
    func note(_ text: String) {
        try? standardError.line(text)
    }

    private static func columns(in environment: [String: String]) -> Int? {
        environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }

    private static func terminalColumns() -> Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    private static func executable() -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        return count > 0
            ? String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }
}
