import Alerting
import Scheduling

extension FeedNotice {
    /// Failures in a row from which a feed counts as broken: with the default intervals and back-off that takes hours, so
    /// that the restart of a publisher's server is nobody's business.
    static let brokenAfter = 5

    /// The turn that a poll brought; nil mostly. What was told before a restart is not told again, because schedules
    /// outlive it.
    init?(before: FeedSchedule, after: FeedSchedule, name: String?) {
        let wasBroken = before.failures >= Self.brokenAfter
        let event: Event
        let message: String
        if after.state == .gone, before.state != .gone {
            event = .gone
            message = "The publisher has removed this feed (410 Gone); it is not asked any more."
        } else if let movedTo = after.movedTo, before.movedTo != movedTo {
            event = .moved
            message = "This feed has moved for good; it is asked there from now on."
        } else if after.failures >= Self.brokenAfter, !wasBroken {
            event = .broken
            message = "\(after.failures) polls in a row failed: \(after.lastError ?? "no answer")."
        } else if after.state == .silent, before.state != .silent {
            event = .silent
            message = "This feed answers, but has brought nothing for much longer than it used to."
        } else if after.state == .healthy, wasBroken || before.state == .silent {
            event = .recovered
            message = wasBroken ? "This feed answers again." : "This feed brings news again."
        } else {
            return nil
        }
        self.init(
            event: event, feed: after.url, name: name, message: message,
            movedTo: event == .moved ? after.movedTo : nil, lastNews: before.lastNews)
    }
}
