/// The exit codes of both programs. Scripts rely on them; the numbers from 64 on are those of sysexits.h.
package enum ExitCode: Int32, Sendable, CaseIterable {
    /// Fine.
    case success = 0
    /// The command worked, but the thing asked about is not fine.
    case unhealthy = 1
    /// The command line was wrong (EX_USAGE).
    case usage = 64
    /// Some input was bad; everything else was done first (EX_DATAERR).
    case badData = 65
    /// The daemon, or the server of a feed that was asked about, cannot be reached (EX_UNAVAILABLE).
    case unavailable = 69
    /// A bug in newswatch (EX_SOFTWARE).
    case bug = 70
    /// A file or socket could not be read or written (EX_IOERR).
    case inputOutput = 74
    /// The database, the socket or a list of feeds is in use by another instance (EX_TEMPFAIL).
    case inUse = 75
    /// The system refused permission (EX_NOPERM).
    case permission = 77
    /// The configuration is wrong (EX_CONFIG).
    case configuration = 78

    /// What it tells, as in `docs/control.md` and the manual.
    package var meaning: String {
        switch self {
        case .success: "fine"
        case .unhealthy: "the thing asked about is not fine"
        case .usage: "wrong command line"
        case .badData: "bad data; everything else was done first"
        case .unavailable: "the daemon, or the server of a feed, cannot be reached"
        case .bug: "a bug"
        case .inputOutput: "a file or socket could not be read or written"
        case .inUse: "database, socket or list of feeds in use by another instance"
        case .permission: "permission refused"
        case .configuration: "configuration wrong"
        }
    }
}
