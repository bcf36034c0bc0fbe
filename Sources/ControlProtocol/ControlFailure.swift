/// Why the daemon cannot do what a correct request asks. Anything else that is thrown is a bug and answers 500.
package enum ControlFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// No feed has this URL or name; the nearest known one, if any is near. Answers 404.
    case unknownFeed(String, nearest: String?)
    /// The outbox has no alert of this id. Answers 404.
    case unknownAlert(String)
    /// No stored entry has this id, address or guid. Answers 404.
    case unknownEntry(String)
    /// No development has this id. Answers 404.
    case unknownDevelopment(String)
    /// The request makes no sense now, for example a poll while paused; says what to do. Answers 409.
    case conflict(String)
    /// The files of the configuration hold these faults, each as `FILE:LINE:COLUMN: what`; the configuration that
    /// was in force still is. Answers 422.
    case faultyConfiguration([String])
    /// The daemon is starting or stopping. Answers 503.
    case unavailable(String)

    /// One line for the user.
    package var description: String {
        switch self {
        case .unknownFeed(let feed, nil): "no feed “\(feed)” is configured; `newswatch ctl feeds` lists them"
        case .unknownFeed(let feed, let nearest?):
            "no feed “\(feed)” is configured; did you mean “\(nearest)”?"
        case .unknownAlert(let id): "no alert “\(id)” is in the outbox; `newswatch ctl alerts` lists them"
        case .unknownEntry(let name):
            "no stored entry has the id, address or guid “\(name)”; it may be pruned, or never have been in a feed"
        case .unknownDevelopment(let id):
            "no development “\(id)” is known; `newswatch ctl developments` lists them"
        case .faultyConfiguration(let faults):
            "the configuration has \(faults.count == 1 ? "a fault" : "\(faults.count) faults"); "
                + "the one in force before still is"
        case .conflict(let detail), .unavailable(let detail): detail
        }
    }
}
