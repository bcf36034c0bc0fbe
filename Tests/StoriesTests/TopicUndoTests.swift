import Foundation
import Testing

@testable import Stories

/// A transaction that failed leaves no trace in what a topic knows.
@Suite struct TopicUndoTests {
    private static let kinds = ["fires", "reinstates", "sues", "investigates", "threatens", "appoints"]

    private static func items(_ range: Range<Int>) -> [StoryItem] {
        range.map { place in
            Sample.item(
                "Northwind \(kinds[place % 6]) Ada Marlow and \(place % 4 == 0 ? "Ben Okafor" : "Eva Lindqvist")",
                "The board met \(place * 7) people in hall number \(place % 5), said word\(place) and word\(place / 3).",
                outlet: "\(place % 3).example", hours: Double(place), id: "item \(place)")
        }
    }

    /// Lists of three, so that most terms have more entries than fit.
    private static var desk: Desk {
        var settings = StorySettings.fitted
        settings.postingLength = 3
        return Desk(
            StoryEngine(profiles: [.everything, Sample.profile], lexicon: Sample.lexicon, settings: settings))
    }

    private func states(_ desk: Desk) -> [TopicState] { (0...1).map { desk.engine.state(at: $0) } }

    @Test func restoringLeavesNoTrace() {
        var desk = Self.desk
        for item in Self.items(0..<20) { desk.take(item) }
        desk.engine.reclaim()
        let before = states(desk)
        var failing = desk
        let mark = failing.engine.mark
        for item in Self.items(15..<40) { failing.take(item) }
        failing.engine.expire(before: Sample.start.addingTimeInterval(10 * 3600))
        #expect(states(failing) != before)
        failing.engine.restore(mark)
        #expect(states(failing) == before)

        // What comes next is decided, and remembered, as if nothing had been.
        for item in Self.items(20..<40) {
            let verdict = desk.judge(item)
            #expect(failing.engine.decide(
                failing.engine.prepare(item), number: verdict.change.entry, evidence: Evidence()
            ).decisions == desk.engine.decide(
                desk.engine.prepare(item), number: verdict.change.entry, evidence: Evidence()).decisions)
            desk.engine.apply(verdict.change)
            failing.engine.apply(verdict.change)
        }
        #expect(states(failing) == states(desk))
    }

    @Test func aMarkWithinATransactionGoesBackToItself() {
        var desk = Self.desk
        for item in Self.items(0..<12) { desk.take(item) }
        let outer = desk.engine.mark
        let atOuter = states(desk)
        for item in Self.items(12..<20) { desk.take(item) }
        let inner = desk.engine.mark
        let atInner = states(desk)
        for item in Self.items(20..<30) { desk.take(item) }
        desk.engine.restore(inner)
        #expect(states(desk) == atInner)
        desk.engine.restore(outer)
        #expect(states(desk) == atOuter)
    }

    @Test func whatExpiredIsKnownByNameOnly() throws {
        var desk = Self.desk
        for item in Self.items(0..<6) { desk.take(item) }
        desk.engine.expire(before: Sample.start.addingTimeInterval(3 * 3600))
        let expired = desk.engine.state(at: 0)
        #expect(expired.reading(of: 2) == StoredReading())
        #expect(expired.reading(of: 3) != StoredReading())
        #expect(expired.developments(of: EntryNumber(rawValue: 1)) != nil)
        desk.engine.reclaim()
        #expect(desk.engine.state(at: 0) == expired)
        #expect(desk.engine.state(at: 0).items[2].reading == StoredReading())
    }

    @Test func aDevelopmentIsKnownByLimitedKeys() {
        var settings = StorySettings.fitted
        settings.developmentKeys = 5
        var desk = Desk(
            StoryEngine(profiles: [Sample.profile], lexicon: Sample.lexicon, settings: settings))
        for item in Self.items(0..<12) { desk.take(item) }
        let developments = desk.engine.state(at: 0).developments
        #expect(developments.map(\.keys.count).max() == 5)
    }
}
