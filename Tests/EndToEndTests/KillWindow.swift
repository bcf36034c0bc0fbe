/// When the daemon is killed: a fact that can be seen from outside, never a time.
enum KillWindow: String, CaseIterable {
    /// It holds the database's lock, and opens it, rebuilds its memory or begins its work.
    case starting
    /// The feed was asked for; the document is on its way.
    case feedAsked = "feed asked"
    /// The document was asked for, and the write-ahead log grows.
    case logGrows = "log grows"
    /// The receiver has an alert and withholds its answer.
    case answerWithheld = "answer withheld"
    /// The receiver has an alert and answers at once; whether the daemon has noted that is open.
    case answerSent = "answer sent"
    /// The alert's line stands in the file; whether the daemon has noted that is open.
    case lineWritten = "line written"

    /// Its part of all kills.
    var share: Double {
        switch self {
        case .starting: 0.1
        case .feedAsked, .answerSent, .lineWritten: 0.15
        case .answerWithheld: 0.2
        case .logGrows: 0.25
        }
    }

    /// The kill follows the fact by a random part of this, so that it meets every instruction in time.
    var spreadMicroseconds: UInt32 {
        switch self {
        case .starting: 100_000
        case .feedAsked: 8000
        case .logGrows: 300
        case .answerWithheld: 2000
        case .answerSent, .lineWritten: 1500
        }
    }
}
