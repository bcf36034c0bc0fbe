import Settings
import Foundation

/// How a development that an entry opened is told to the sinks.
package enum Announcement: Sendable, Equatable {
    /// An alert of its own; `late` marks what happened while nobody was watching.
    case alert(late: Bool)
    /// A line in the topic's next digest.
    case digest
    /// Known from now on, told to nobody.
    case silent
}

/// Decides between an alert, a digest line and silence, so that meeting a feed for the first time, or coming
/// back after an outage, is never a flood and never swallows what is new. A value without clock or store.
package struct AnnouncementPolicy: Sendable {
    /// The relation between this document and what the daemon had seen of its feed before.
    package enum Contact: Sendable, Equatable {
        /// No answer of this feed was ever taken in.
        case first
        /// Seen before, and without a gap worth mentioning.
        case known
        /// Seen before, but the daemon was away for longer than `outageAge`.
        case afterOutage
    }

    /// Developments of a feed added later that are younger than this are alerted like any other.
    package static let laterFeedAge: TimeInterval = 24 * 3600
    /// After an outage, developments older than this are marked late.
    package static let outageAge: TimeInterval = 6 * 3600
    /// Late alerts sent one by one before the rest goes into a digest.
    package static let lateAlertsBeforeDigest = 5

    package var firstContact: FirstContact

    /// Creates the policy for one configuration.
    package init(firstContact: FirstContact) {
        self.firstContact = firstContact
    }

    /// - Parameters:
    ///   - published: when the opening entry says it was published; nil where it does not say.
    ///   - contact: what this document is to its feed.
    ///   - topicIsIntroduced: the topic's first digest has been sent (or found empty).
    ///   - lateAlerts: late alerts of this topic already sent one by one since the outage.
    package func announcement(
        published: Date?, contact: Contact, topicIsIntroduced: Bool, lateAlerts: Int, now: Date
    ) -> Announcement {
        let age = published.map { now.timeIntervalSince($0) }
        switch contact {
        case .known:
            return .alert(late: false)
        case .first:
            switch firstContact {
            case .alert: return .alert(late: false)
            case .silent: return .silent
            case .digest:
                // An entry without a date has an unknown age: on a feed's first page it is most likely old.
                guard topicIsIntroduced, let age, age < Self.laterFeedAge else { return .digest }
                return .alert(late: false)
            }
        case .afterOutage:
            guard let age, age > Self.outageAge else { return .alert(late: false) }
            return lateAlerts < Self.lateAlertsBeforeDigest ? .alert(late: true) : .digest
        }
    }
}
