import Foundation
import Stories
import Testing

@testable import Alerting

extension Samples {
    /// A development that five outlets report in three languages.
    static func reported() -> AlertedDevelopment {
        var development = development("dev_abc", at: now - 3900)
        development.headline = "La compañía del puerto despide a su director"
        development.gloss = "Harbour Line: leaves a post against their will"
        development.confidence = .medium
        development.corroboration = 5
        development.sources = [
            ("Diario del Puerto", "https://diario.example/a", "es"),
            ("example.org", "https://example.org/b", "en"),
            ("Hafenblatt", "https://hafen.example/c", "de"), ("Harbour Radio", nil, "en-GB"),
            ("quay.example", "https://www.quay.example/d", "en"),
        ].map { outlet, url, language in
            AlertedDevelopment.Source(
                outlet: outlet, title: "Title at \(outlet)", url: url, lang: language, published: now - 3900)
        }
        return development
    }

    /// At least one alert of every type, with what may be left out once there and once not.
    static func everyAlert() throws -> [Alert] {
        let feed = "https://example.org/feed.xml"
        let notices = [
            FeedNotice(
                event: .broken, feed: feed, name: "Example", message: "status 500, 12 times",
                lastNews: now - 86_400),
            FeedNotice(event: .recovered, feed: feed, name: "Example", message: "It answers again."),
            FeedNotice(event: .gone, feed: feed, name: nil, message: "status 410: it is gone for good."),
            FeedNotice(
                event: .moved, feed: feed, name: nil, message: "It is elsewhere for good.",
                movedTo: "https://example.org/rss"),
            FeedNotice(
                event: .silent, feed: feed, name: nil, message: "Nothing for 9 days.", lastNews: now - 777_600
            ),
        ]
        let services = [
            ServiceNotice(
                subject: .storage, state: .failing, name: "/data/news.db", message: "The disk is full."),
            ServiceNotice(subject: .sink, state: .recovered, name: "desk", message: "It takes alerts again."),
        ]
        let message = try alert().id
        let known = (0..<10).map { development("dev_\($0)", at: now - 86_400 * Double(10 - $0)) }
        let growth = Growth(from: Figure(value: 500), to: Figure(value: 700))
        let progress = try #require(DevelopmentProgress(outlets: 5, before: 4, growth: growth))
        let developments = [
            try AlertComposer.newDevelopment(reported()), try alert(late: true),
            try AlertComposer.update(reported(), progress, at: now),
            try AlertComposer.correction(
                reported(), action: .merged, reverses: message, other: development("dev_b"), at: now),
            try AlertComposer.correction(
                reported(), action: .retracted, reverses: message, other: nil, at: now),
            try AlertComposer.digest(topic: "ferry", reason: .firstContact, developments: known, at: now),
        ]
        let signs = [
            Heartbeat(
                since: now - 86_400, feeds: 4, healthyFeeds: 3, lastEntry: now - 600, isPaused: false),
            Heartbeat(since: now - 86_400, feeds: 1, healthyFeeds: 1, lastEntry: nil, isPaused: true),
        ]
        return try developments + notices.map { try AlertComposer.notice($0, at: now) }
            + services.map { try AlertComposer.notice($0, at: now) }
            + signs.map { try AlertComposer.heartbeat($0, sink: "desk", at: now) } + [
                try AlertComposer.test(at: now)
            ]
    }
}
