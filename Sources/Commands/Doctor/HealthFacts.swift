import ControlProtocol
import Fetching
import Foundation
import Storage

/// Everything that `doctor` judges, as it was found. Gathered by ``HealthProbe``, judged by ``Diagnosis``.
struct HealthFacts: Sendable {
    /// A configuration that can be used, as far as judgements rest on it.
    struct Settings: Sendable {
        var feeds: Int
        var topics: [String]
        var sinks: [String]
        var hasContact: Bool
    }

    enum Configuration: Sendable {
        case valid(Settings)
        /// `FILE:LINE:COLUMN: what` each; never empty.
        case faulty([String])
    }

    /// The database and what is around it.
    struct Storage: Sendable {
        enum Lock: Sendable, Equatable {
            case free
            case held(by: String)
            case unknown(reason: String)
        }

        enum Header: Sendable, Equatable {
            case read(DatabaseHeader)
            case unreadable(StorageError)
        }

        var database: PathFacts
        var lock: Lock
        /// Nil when there is no file.
        var header: Header?
        /// What an unprivileged user may still write to the file's disk; nil when it cannot be told.
        var freeBytes: Int64?
        /// Whether the disk takes more files.
        var hasFreeFiles: Bool
    }

    /// What the daemon says of itself.
    struct Answer: Sendable {
        var status: StatusDocument
        var feeds: [FeedDocument]
        /// Deliveries that wait.
        var pending: [AlertDocument]
    }

    enum Daemon: Sendable {
        case answers(Answer)
        /// Why not, and what to do.
        case silent(reason: String, advice: String?)
        /// Who asks may not open the socket; what to do.
        case forbidden(reason: String, advice: String?)
    }

    struct Clock: Sendable {
        var now: Date
        /// Whether the kernel says that it follows a time server; nil when it does not tell.
        var isSynchronised: Bool?
        /// How many seconds each server that was asked is ahead of this clock.
        var differences: [TimeInterval]
    }

    /// Names that were looked up.
    struct Names: Sendable {
        var asked: [String]
        /// How many hosts feeds and sinks have in all.
        var total: Int
        /// Why a host of ``asked`` has no address.
        var failures: [String: String]
    }

    struct Trust: Sendable {
        /// Where certificates are looked for.
        var locations: [PathFacts]
        /// Whether any feed or sink is asked by https.
        var isNeeded: Bool
    }

    /// One configured sink.
    struct Sink: Sendable {
        enum Reach: Sendable {
            case answered(status: Int)
            case failed(TransferError)
        }

        enum Destination: Sendable {
            case standardOutput
            case file(PathFacts)
            case webhook(secret: PathFacts?, reach: Reach)
            /// The program.
            case exec(PathFacts)
        }

        var name: String
        var destination: Destination
    }

    /// As it was given.
    var configurationPath: String
    var configuration: Configuration
    /// The user that the daemon runs as, or would.
    var account: Account
    var socket: PathFacts
    var daemon: Daemon
    var clock: Clock
    /// The next four are nil or empty when the configuration is faulty.
    var storage: Storage?
    var names: Names?
    var trust: Trust?
    var sinks: [Sink] = []
}
