import Foundation
import Scheduling
import Testing

@Suite struct FeedScheduleTests {
    @Test(arguments: [
        ("https://Example.ORG/feed.xml", "example.org"), ("http://example.org:8080/x", "example.org"),
        ("https://user:p@ss@example.org./", "example.org"), ("http://[2001:DB8::1]:80/", "2001:db8::1"),
        ("http://example.org?x=http://other.org/", "example.org"), ("http://example.org#a@b", "example.org"),
        ("nonsense", "nonsense"), ("http://", "http://"), ("", ""),
    ])
    func hostIsLowerCaseWithoutPortAndCredentials(url: String, host: String) {
        #expect(FeedSchedule.host(of: url) == host)
    }

    @Test func movedFeedBelongsToItsNewHost() {
        var schedule = FeedSchedule(
            url: "https://a.example/x", interval: .seconds(900), firstPoll: .distantPast)
        schedule.movedTo = "https://B.example/y"
        #expect(schedule.host == "b.example")
        #expect(schedule.address == "https://B.example/y")
        schedule.movedTo = nil
        #expect(schedule.host == "a.example")
    }

    @Test func survivesStorage() throws {
        var schedule = FeedSchedule(
            url: "https://a.example/x", interval: .seconds(900), ownInterval: .milliseconds(1500),
            firstPoll: Date(timeIntervalSince1970: 1_700_000_000.25))
        schedule.skipHours = [1, 2, 23]
        schedule.movedTo = "https://b.example/"
        schedule.rhythm.observe(elapsed: 12.5, foundNews: true)
        schedule.state = .failing
        schedule.notBefore = Date(timeIntervalSince1970: 1_700_000_100)
        let read = try JSONDecoder().decode(FeedSchedule.self, from: JSONEncoder().encode(schedule))
        #expect(read == schedule)
    }
}
