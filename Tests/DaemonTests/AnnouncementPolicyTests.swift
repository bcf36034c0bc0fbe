import Settings
import Foundation
import Testing

@testable import Daemon

/// The table of first contact and outages, row by row.
@Suite struct AnnouncementPolicyTests {
    let now = Date(timeIntervalSince1970: 1_700_000_000)

    func announce(
        _ contact: AnnouncementPolicy.Contact, hoursOld: Double?, introduced: Bool = true, late: Int = 0,
        setting: FirstContact = .digest
    ) -> Announcement {
        AnnouncementPolicy(firstContact: setting).announcement(
            published: hoursOld.map { now.addingTimeInterval(-$0 * 3600) }, contact: contact,
            topicIsIntroduced: introduced, lateAlerts: late, now: now)
    }

    @Test func firstPollsOfATopicGoIntoItsDigestHoweverYoung() {
        #expect(announce(.first, hoursOld: 1, introduced: false) == .digest)
        #expect(announce(.first, hoursOld: 100, introduced: false) == .digest)
    }

    @Test func aFeedAddedLaterAlertsWhatIsYoungAndDigestsWhatIsOld() {
        #expect(announce(.first, hoursOld: 23.9) == .alert(late: false))
        #expect(announce(.first, hoursOld: 24.1) == .digest)
        #expect(announce(.first, hoursOld: nil) == .digest)
    }

    @Test func aKnownFeedAlwaysAlerts() {
        #expect(announce(.known, hoursOld: 1) == .alert(late: false))
        #expect(announce(.known, hoursOld: 400) == .alert(late: false))
        #expect(announce(.known, hoursOld: nil, introduced: false) == .alert(late: false))
    }

    @Test func afterAnOutageTheOldIsLateAndBeyondFiveADigest() {
        #expect(announce(.afterOutage, hoursOld: 5.9) == .alert(late: false))
        #expect(announce(.afterOutage, hoursOld: 6.1) == .alert(late: true))
        #expect(announce(.afterOutage, hoursOld: 6.1, late: 4) == .alert(late: true))
        #expect(announce(.afterOutage, hoursOld: 6.1, late: 5) == .digest)
        #expect(announce(.afterOutage, hoursOld: 1, late: 5) == .alert(late: false))
    }

    @Test func theSettingDecidesAboutFirstContactOnly() {
        #expect(announce(.first, hoursOld: 100, introduced: false, setting: .alert) == .alert(late: false))
        #expect(announce(.first, hoursOld: 1, setting: .silent) == .silent)
        #expect(announce(.known, hoursOld: 1, setting: .silent) == .alert(late: false))
    }
}
