import ControlProtocol

/// Why a verb ends with something else than 0.
struct CommandFailure: Error, Sendable, Equatable {
    let code: ExitCode
    /// What goes to stderr; empty when everything has been said already.
    let lines: [String]
    /// The line without the program's name and ``advice``; nil where ``lines`` are places in files.
    let message: String?
    /// What to do about it.
    let advice: String?

    /// With one line for the user, which the program's name precedes and what to do follows.
    init(_ code: ExitCode, _ message: String? = nil, advice: String? = nil) {
        self.code = code
        self.message = message
        self.advice = advice
        lines =
            message.map { ["newswatch: " + [$0, advice].compactMap { $0 }.joined(separator: "; ")] } ?? []
    }

    /// With lines that begin with a place, `FILE:LINE:`, and are printed as they are: editors jump to them.
    init(_ code: ExitCode, lines: [String]) {
        self.code = code
        self.lines = lines
        message = nil
        advice = nil
    }
}

/// The exit code of a part that runs on its own and says everything itself, such as the daemon.
struct ForeignExit: Error, Sendable, Equatable {
    let code: Int32
}
