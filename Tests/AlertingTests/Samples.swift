import Feeds
import Foundation
import Stories

@testable import Alerting

enum Samples {
    /// 2024-03-05T09:31:00Z
    static let now = Date(timeIntervalSince1970: 1_709_631_060)

    static func item() -> StoryItem {
        StoryItem(
            outlet: "example.org", url: "https://example.org/a?b=1", language: "en",
            title: "Harbour Line dismisses its director", text: "", published: now - 60, observed: now,
            identity: EntryIdentity(guid: nil, canonicalURL: "https://example.org/a", contentHash: 1))
    }

    static func opening(_ id: String = "dev_abc", headline: String = "Harbour Line dismisses its director")
        -> Opening
    {
        Opening(
            id: DevelopmentID(rawValue: id), kind: "removal", headline: headline, firstPublished: now - 60,
            confidence: .high, why: "No earlier removal is known.")
    }

    static func alert(
        id: String = "dev_abc", item: StoryItem = item(), at time: Date = now, opening: Opening? = nil,
        late: Bool = false
    ) throws -> Alert {
        try AlertComposer.newDevelopment(
            AlertComposer.development(
                opening ?? self.opening(id), topic: "ferry", entryID: "17", item: item, alertedAt: time,
                late: late))
    }

    static func development(_ id: String, at time: Date = now) -> AlertedDevelopment {
        var opening = opening(id, headline: "Headline of \(id)")
        opening.firstPublished = time
        return AlertComposer.development(opening, topic: "ferry", entryID: "17", item: item(), alertedAt: now)
    }

    /// An alert as the outbox hands it to a sink.
    static func pending(_ id: String) throws -> PendingAlert {
        let alert = try alert(id: id)
        return PendingAlert(id: alert.id, payload: try AlertJSON.text(of: alert))
    }
}
