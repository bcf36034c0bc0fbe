import Feeds
import Foundation
import Testing

@testable import Stories

@Suite struct StoryEngineTests {
    private let removal = Sample.item(
        "Northwind board fires Ada Marlow as chief executive",
        "The directors of Northwind dismissed Ada Marlow on Friday, the company said.")

    private func desk(after items: StoryItem...) -> Desk {
        var desk = Desk()
        for item in items { desk.take(item) }
        return desk
    }

    @Test func theFirstReportOpensADevelopment() {
        var desk = Desk()
        let decision = desk.take(removal)
        #expect(decision.outcome == .newDevelopment)
        #expect(decision.opened.count == 1)
        #expect(decision.opened.first?.kind == "removal")
        #expect(decision.developments == decision.opened.map(\.id))
    }

    @Test func aParaphraseBySynonymJoins() {
        var desk = desk(after: removal)
        let decision = desk.take(
            Sample.item(
                "Ada Marlow sacked by Northwind board", "Her staff heard of it late.", outlet: "two.example",
                hours: 1))
        #expect(decision.outcome == .sameDevelopment, "\(decision.reasons)")
    }

    @Test func aTranslationJoins() {
        var desk = desk(after: removal)
        let german = desk.take(
            Sample.item(
                "Northwind: Aufsichtsrat entlässt Ada Marlow", "", language: "de", outlet: "zwei.example",
                hours: 1))
        #expect(german.outcome == .sameDevelopment, "\(german.reasons)")
        let japanese = desk.take(
            Sample.item("ノースウィンド、エイダ・マーロウ最高経営責任者を解任", "", language: "ja", outlet: "san.example", hours: 2))
        #expect(japanese.outcome == .sameDevelopment, "\(japanese.reasons)")
    }

    @Test func theOppositeVerbOpens() {
        var desk = desk(after: removal)
        let decision = desk.take(
            Sample.item(
                "Northwind board reinstates Ada Marlow as chief executive", "", outlet: "two.example",
                hours: 30))
        #expect(decision.outcome == .newDevelopment, "\(decision.reasons)")
    }

    @Test func aDenialOpens() {
        var desk = desk(after: removal)
        let decision = desk.take(
            Sample.item("Northwind board has not fired Ada Marlow", "", outlet: "two.example", hours: 3))
        #expect(decision.outcome == .newDevelopment, "\(decision.reasons)")
    }

    @Test func anotherActorOpens() {
        var desk = desk(after: Sample.item("Ben Okafor resigns from Northwind", "Okafor ran research."))
        let decision = desk.take(
            Sample.item(
                "Eva Lindqvist resigns from Northwind", "Lindqvist ran sales.", outlet: "two.example",
                hours: 2))
        #expect(decision.outcome == .newDevelopment, "\(decision.reasons)")
    }

    @Test func aGrowingNumberJoins() {
        var desk = desk(
            after: Sample.item(
                "490 Northwind employees sign petition", "They threaten to resign unless the board does."))
        let decision = desk.take(
            Sample.item(
                "650 Northwind employees sign petition", "The workers threaten to resign.",
                outlet: "two.example", hours: 3))
        #expect(decision.outcome == .sameDevelopment, "\(decision.reasons)")
    }

    @Test func theSameKindAfterAQuietTimeOpens() {
        var desk = desk(after: removal)
        let decision = desk.take(
            Sample.item(
                "Ada Marlow ousted by Northwind board", "It is the second time.", outlet: "two.example",
                hours: 24 * 90))
        #expect(decision.outcome == .newDevelopment, "\(decision.reasons)")
    }

    @Test func aLanguageWithoutLexiconIsReadByNames() {
        var desk = Desk()
        let decision = desk.take(
            Sample.item(
                "Northwind: hallitus erotti toimitusjohtajan, Ada Marlow lähtee", language: "fi",
                outlet: "fi.example"))
        #expect(decision.outcome == .newDevelopment, "\(decision.reasons)")
    }

    @Test func aRecapOpensNothing() {
        var desk = desk(after: removal)
        let decision = desk.take(
            Sample.item(
                "Timeline: how Northwind fired Ada Marlow", "Ben Okafor resigned.", outlet: "two.example",
                hours: 9))
        #expect(decision.outcome == .recap)
        #expect(decision.opened.isEmpty)
    }

    @Test func aRecapClosesNothing() {
        var desk = desk(
            after: removal,
            Sample.item("Explainer: Northwind", "Ben Okafor resigned from Northwind.", hours: 1))
        let decision = desk.take(Sample.item("Ben Okafor resigns from Northwind", hours: 2))
        #expect(decision.outcome == .newDevelopment, "\(decision.reasons)")
    }

    @Test func whatIsOnlyNamedAlikeIsOffTopic() {
        var desk = desk(after: removal)
        #expect(desk.take(Sample.item("Striker Marlow fired up for football final")).outcome == .offTopic)
        #expect(desk.take(Sample.item("Rain in the north", "Wind from the east.")).outcome == .offTopic)
    }

    @Test func aCopyIsFoldedWithItsOriginal() {
        let text = """
            The directors of Northwind dismissed Ada Marlow on Friday after a review of her conduct that had lasted for \
            several weeks, and they thanked her for nine years of service to the company she had built.
            """
        var desk = Desk()
        let first = desk.take(Sample.item("Northwind board fires Ada Marlow", text))
        let copy = desk.take(
            Sample.item("NORTHWIND BOARD FIRES ADA MARLOW", text, outlet: "two.example", hours: 1))
        #expect(copy.outcome == .nearDuplicate)
        #expect(copy.nearDuplicateOf == first.entry)
        #expect(copy.developments == first.developments)
    }

    @Test func whatALongerCopyAddsIsTold() {
        let text = """
            The directors of Northwind dismissed Ada Marlow on Friday after a review of her conduct that had lasted for \
            several weeks, and they thanked her for nine years of service to the company she had built.
            """
        var desk = Desk()
        let first = desk.take(Sample.item("Northwind board fires Ada Marlow", text))
        let longer = desk.take(
            Sample.item(
                "Northwind board fires Ada Marlow",
                text + " Ben Okafor resigns from Northwind with effect from this evening, people there say.",
                outlet: "two.example", hours: 5))
        #expect(longer.outcome == .newDevelopment, "\(longer.reasons)")
        #expect(longer.nearDuplicateOf == first.entry)
        #expect(longer.developments.first == first.developments.first)
        #expect(longer.developments.count == 2)
    }

    @Test func whatALongerCopyOpenedIsKnown() {
        let text = """
            The directors of Northwind dismissed Ada Marlow on Friday after a review of her conduct that had lasted for \
            several weeks, and they thanked her for nine years of service to the company she had built.
            """
        var desk = Desk()
        desk.take(Sample.item("Northwind board fires Ada Marlow", text))
        let longer = desk.take(
            Sample.item(
                "Northwind board fires Ada Marlow",
                text + " Ben Okafor resigns from Northwind with effect from this evening, people there say.",
                outlet: "two.example", hours: 5))
        let report = desk.take(
            Sample.item("Ben Okafor resigns from Northwind", outlet: "three.example", hours: 6))
        #expect(report.outcome == .sameDevelopment, "\(report.reasons)")
        #expect(report.developments == longer.opened.map(\.id))
    }

    @Test func theSameIdentityAndContentIsADuplicate() {
        var desk = desk(after: removal)
        let again = desk.take(removal)
        #expect(again.outcome == .duplicate)
        #expect(again.opened.isEmpty)
    }

    @Test func aRevisionIsDecidedOnWhatItAdds() {
        var desk = Desk()
        desk.take(Sample.item("Northwind live", "Northwind board fires Ada Marlow.", id: "live"))
        let revised = desk.take(
            Sample.item(
                "Northwind live",
                "Northwind board fires Ada Marlow.\nBen Okafor resigns from Northwind, he told his staff this evening.",
                hours: 2, id: "live"))
        #expect(revised.revisionOf == EntryNumber(rawValue: 1))
        #expect(revised.outcome == .newDevelopment, "\(revised.reasons)")
    }

    @Test func everythingIsOnTopicAndHasADevelopment() {
        var desk = Desk(Sample.engine([.everything]))
        for title in ["Rain in the north", "", "🌧️🌧️", "Storm hits the coast of Marland, 40 dead"] {
            let decision = desk.take(Sample.item(title))
            #expect(decision.onTopic)
            #expect(!decision.developments.isEmpty, "\(title)")
        }
    }

    @Test func decisionsRestOnNamedEntriesAndThresholds() {
        var desk = desk(after: removal)
        let decision = desk.take(
            Sample.item("Ada Marlow sacked by Northwind board", outlet: "two.example", hours: 1))
        #expect(decision.reasons.contains { $0.contains("dev_") && $0.contains("joins from") })
    }

    // MARK: State

    private var stream: [StoryItem] {
        [
            removal,
            Sample.item(
                "Ada Marlow sacked by Northwind board", "She had run it for nine years.", outlet: "b.example",
                hours: 1),
            Sample.item(
                "Ben Okafor resigns from Northwind", "He was chairman.", outlet: "c.example", hours: 5),
            Sample.item(
                "Northwind in talks with Ada Marlow", "Directors negotiate.", outlet: "d.example", hours: 26),
            Sample.item("Rain in the north", outlet: "e.example", hours: 27),
            Sample.item(
                "Northwind reinstates Ada Marlow", "Ben Okafor returns too.", outlet: "f.example", hours: 80),
            Sample.item("Timeline: Northwind", outlet: "g.example", hours: 90),
        ]
    }

    @Test func decidingChangesNothing() {
        var desk = Desk()
        for item in stream { desk.take(item) }
        let item = Sample.item("Eva Lindqvist sues Northwind", hours: 99)
        #expect(desk.judge(item).decisions == desk.judge(item).decisions)
        #expect(desk.judge(item).change == desk.judge(item).change)
    }

    @Test func replayingTheStoredChangesRebuildsTheEngine() throws {
        var desk = Desk()
        for item in stream { desk.take(item) }
        var rebuilt = Sample.engine()
        for change in desk.changes { rebuilt.apply(try Change(decoding: change.encoded())) }
        #expect(rebuilt.state(at: 0) == desk.engine.state(at: 0))
        let item = Sample.item("Ada Marlow returns as Northwind chief executive", hours: 81)
        let prepared = rebuilt.prepare(item)
        #expect(rebuilt.candidates(for: prepared) == desk.engine.candidates(for: prepared))
        let number = EntryNumber(rawValue: 99)
        #expect(
            rebuilt.decide(prepared, number: number, evidence: Evidence()).decisions
                == desk.engine.decide(prepared, number: number, evidence: Evidence()).decisions)
    }

    @Test func restoringAMarkForgetsWhatCameAfter() {
        var desk = Desk()
        for item in stream.prefix(3) { desk.take(item) }
        let before = desk.engine
        let mark = desk.engine.mark
        for item in stream.dropFirst(3) { desk.take(item) }
        #expect(desk.engine.state(at: 0) != before.state(at: 0))
        desk.engine.restore(mark)
        #expect(desk.engine.state(at: 0) == before.state(at: 0))
        let prepared = before.prepare(stream[4])
        #expect(desk.engine.candidates(for: prepared) == before.candidates(for: prepared))
    }

    @Test func theSameInputGivesTheSameIDs() {
        var first = Desk()
        var second = Desk()
        for item in stream { #expect(first.take(item) == second.take(item)) }
    }

    @Test func expiryTakesEntriesOutOfTheCopyIndexOnly() {
        var desk = desk(after: removal)
        let developments = desk.engine.developments(inTopic: "northwind")
        let prepared = desk.engine.prepare(removal)
        #expect(desk.engine.candidates(for: prepared) == [EntryNumber(rawValue: 1)])
        desk.engine.expire(before: Sample.start.addingTimeInterval(60))
        #expect(desk.engine.candidates(for: prepared).isEmpty)
        #expect(desk.engine.developments(inTopic: "northwind") == developments)
    }

    // MARK: Hostile input

    @Test(arguments: [
        "", " ", "\u{0}", "🔥", String(repeating: "a", count: 1 << 20), String(repeating: "あ", count: 1 << 18),
        String(repeating: "a ", count: 1 << 17), String(repeating: "9", count: 1 << 16),
        "\u{202E}\u{FEFF}\u{200D}",
        String(repeating: "'", count: 5000), String(repeating: "-", count: 5000), "&#x110000; <b <i",
        "e\u{301}\u{301}",
    ])
    func hostileTextIsDecidedToo(text: String) {
        var desk = Desk(Sample.engine([Sample.profile, .everything]))
        desk.take(removal)
        let inTitle = desk.take(Sample.item(text, hours: 1, id: "t"))
        let inText = desk.take(Sample.item("Northwind", text, hours: 1, id: "x"))
        #expect(inTitle.reasons.isEmpty == false)
        #expect(inText.reasons.isEmpty == false)
    }

    @Test func missingAndStrangeDatesAreTaken() {
        var desk = Desk()
        for (index, seconds) in [-1e18, 1e18, -.infinity, .nan].enumerated() {
            var item = removal
            item.published = Date(timeIntervalSince1970: seconds)
            item.identity.guid = "\(index)"
            desk.take(item)
        }
        #expect(desk.changes.count == 4)
    }
}
