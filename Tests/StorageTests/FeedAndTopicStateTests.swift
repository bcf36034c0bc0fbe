import Foundation
import Scheduling
import Storage
import Stories
import Testing

@Suite struct FeedAndTopicStateTests {
    let store: NewsStore

    init() throws { store = try NewsStore(path: nil) }

    @Test func validatorsAreKeptByteForByteUntilCleared() throws {
        let validators = StoredValidators(
            etag: "W/\"ä b\"", lastModified: "Tue, 14 Nov 2023 22:13:20 GMT", bodyHash: .max)
        try store.ingest { try $0.storeValidators(validators, feed: Sample.feed) }
        #expect(try store.feedRecords()[Sample.feed]?.validators == validators)
        try store.ingest { try $0.clearValidators(feed: Sample.feed) }
        let record = try #require(try store.feedRecords()[Sample.feed])
        #expect(record.validators == nil)
    }

    @Test func firstContactIsRememberedOnce() throws {
        try store.ingest { try $0.markContacted(feed: Sample.feed, at: Sample.start) }
        try store.ingest { try $0.markContacted(feed: Sample.feed, at: Sample.start.addingTimeInterval(60)) }
        #expect(try store.feedRecords()[Sample.feed]?.contactedAt == Sample.start)
    }

    @Test func scheduleComesBackEqual() throws {
        var schedule = FeedSchedule(url: Sample.feed, interval: .seconds(900), firstPoll: Sample.start)
        schedule.failures = 3
        schedule.lastError = "status 503"
        schedule.nextPollReason = "backing off after 3 failures"
        try store.saveSchedule(schedule, feed: Sample.feed)
        try store.ingest { try $0.markContacted(feed: Sample.otherFeed, at: Sample.start) }
        let records = try store.feedRecords()
        #expect(records[Sample.feed]?.schedule == schedule)
        #expect(records[Sample.otherFeed]?.schedule == nil)
    }

    @Test func heldDevelopmentsKeepTheirOrderAndAreSentOnce() throws {
        let ids = (1...5).map { DevelopmentID(rawValue: "dev_\(6 - $0)") }
        for id in ids {
            try store.ingest { transaction in
                var introduction = try transaction.introduction(topic: "story")
                introduction.pending.append(id)
                try transaction.setIntroduction(introduction, topic: "story", now: Sample.start)
            }
        }
        #expect(try store.ingest { try $0.introduction(topic: "story") }.pending == ids)
        #expect(try store.ingest { try $0.introduction(topic: "other") } == Introduction())
        try store.ingest { transaction in
            var introduction = try transaction.introduction(topic: "story")
            introduction.isDone = true
            introduction.pending = []
            introduction.lateAlerts = 2
            try transaction.setIntroduction(introduction, topic: "story", now: Sample.start)
        }
        let introduction = try store.ingest { try $0.introduction(topic: "story") }
        #expect(introduction.isDone && introduction.pending.isEmpty && introduction.lateAlerts == 2)
    }

    @Test func introductionIsSeenWithinItsTransaction() throws {
        try store.ingest { transaction in
            for number in 1...3 {
                var introduction = try transaction.introduction(topic: "story")
                #expect(introduction.pending.count == number - 1)
                introduction.pending.append(DevelopmentID(rawValue: "dev_\(number)"))
                try transaction.setIntroduction(introduction, topic: "story", now: Sample.start)
            }
        }
        #expect(
            try store.ingest { try $0.introduction(topic: "story") }.pending.map(\.rawValue) == [
                "dev_1", "dev_2", "dev_3",
            ])
    }

    @Test func pauseSurvivesReopening() throws {
        let folder = try TemporaryFolder()
        do {
            let store = try NewsStore(path: folder.path("news.db"))
            #expect(try !store.isPaused())
            try store.setPaused(true)
        }
        let store = try NewsStore(path: folder.path("news.db"))
        #expect(try store.isPaused())
        try store.setPaused(false)
        #expect(try !store.isPaused())
    }
}
