import Alerting
import ControlProtocol
import Foundation
import Stories
import Testing

@testable import Daemon

/// What operators say of developments: told to whoever was told, and remembered.
@Suite struct RulingTests {
    private let desk: RoutedDesk

    init() throws {
        var court = SinkPolicy()
        court.kinds = ["lawsuit"]
        desk = try RoutedDesk([("all", SinkPolicy()), ("court", court)])
    }

    private func fire() async throws -> DevelopmentID {
        let decisions = try await desk.report(
            "OpenAI fires chief executive Sam Altman",
            "The board of OpenAI dismissed Sam Altman as chief executive on Friday, it said.",
            by: "one.example")
        return try #require(decisions.first?.opened.first?.id)
    }

    private func sue() async throws -> DevelopmentID {
        let decisions = try await desk.report(
            "Elon Musk sues OpenAI and Sam Altman",
            "Elon Musk filed a lawsuit against OpenAI in San Francisco.", by: "court.example")
        return try #require(decisions.first?.opened.first?.id)
    }

    private func correction(_ sink: String) throws -> DevelopmentCorrection? {
        guard case .correction(let correction)? = try desk.alerts(sink).last?.content else { return nil }
        return correction
    }

    /// What a restarted engine knows and would decide of an item, beside what the running one does.
    private func expectSameAfterRestart() async throws {
        let before = await desk.pipeline.core.engine.developments(inTopic: "openai-leadership")
        let report = ("Musk takes OpenAI to court", "A lawsuit by Elon Musk says that OpenAI broke its word.")
        let item = try desk.incoming(report.0, report.1, by: "later.example")
        func decide() async -> [Decision] {
            let engine = await desk.pipeline.core.engine
            return engine.decide(
                item.prepared, number: EntryNumber(rawValue: 99), evidence: Evidence()
            ).decisions
        }
        let decided = await decide()
        try desk.restart()
        #expect(await desk.pipeline.core.engine.developments(inTopic: "openai-leadership") == before)
        #expect(await decide() == decided)
    }

    @Test func whatIsMergedGoesOnUnderOneNameAndIsCorrectedWhereItWasTold() async throws {
        let kept = try await fire()
        let other = try await sue()
        let told = try #require(try desk.alerts("court").first)
        let receipt = try await desk.pipeline.merge([other], into: kept, now: desk.now)
        #expect(receipt.alerts.count == 1)
        let correction = try #require(try correction("court"))
        #expect(correction.action == .merged)
        #expect(correction.reverses == told.id)
        #expect(correction.development.id == other.rawValue)
        #expect(correction.other == kept.rawValue)
        #expect(try desk.told("all").count == 3)

        let developments = try desk.store.developments()
        #expect(developments.map(\.opening.id) == [kept])
        #expect(developments.first?.entries.count == 2)
        let later = try await desk.report(
            "Elon Musk lawsuit against OpenAI filed in San Francisco", "Musk is suing OpenAI and Altman.",
            by: "two.example")
        #expect(later.first?.developments == [kept])
        try await expectSameAfterRestart()
    }

    @Test func whatIsSplitIsToldAndCorrected() async throws {
        let source = try await fire()
        desk.now += 60
        let joined = try await desk.report(
            "Sam Altman ousted as OpenAI CEO by its board", "Directors no longer trust him.",
            by: "two.example")
        let entry = try #require(joined.first)
        #expect(entry.developments == [source])
        let receipt = try await desk.pipeline.split([entry.entry], from: source, now: desk.now)
        let opened = try #require(receipt.opened)
        #expect(
            try desk.told("all") == [
                "development.new: OpenAI fires chief executive Sam Altman",
                "development.corrected: OpenAI fires chief executive Sam Altman",
                "development.new: Sam Altman ousted as OpenAI CEO by its board",
            ])
        let developments = try desk.store.developments()
        #expect(developments.map(\.opening.id.rawValue) == [source.rawValue, opened])
        #expect(developments.map(\.entries.count) == [1, 1])
        #expect(developments.last?.opening.kind == "removal")
        try await expectSameAfterRestart()
    }

    @Test func whatIsRetractedIsCorrectedOnceAndAbsorbsWhatComes() async throws {
        let id = try await fire()
        let told = try #require(try desk.alerts("all").first)
        #expect(try await desk.pipeline.retract(id, now: desk.now).alerts.count == 1)
        #expect(try correction("all")?.reverses == told.id)
        #expect(try desk.told("court").isEmpty)
        await #expect(throws: ControlFailure.conflict("\(id) has been retracted already")) {
            try await desk.pipeline.retract(id, now: desk.now)
        }
        try await desk.report(
            "Sam Altman ousted as OpenAI CEO by its board", "Directors no longer trust him.",
            by: "two.example")
        #expect(try desk.told("all").count == 2)
        try await expectSameAfterRestart()
    }

    @Test func whatMakesNoSenseIsRefusedAndChangesNothing() async throws {
        let kept = try await fire()
        let other = try await sue()
        let unknown = DevelopmentID(rawValue: "dev_unknown")
        await #expect(throws: ControlFailure.unknownDevelopment("dev_unknown")) {
            try await desk.pipeline.merge([unknown], into: kept, now: desk.now)
        }
        await #expect(throws: ControlFailure.conflict("\(kept) cannot be merged into itself")) {
            try await desk.pipeline.merge([kept], into: kept, now: desk.now)
        }
        await #expect(throws: ControlFailure.conflict("entry_2 does not report \(kept)")) {
            try await desk.pipeline.split([EntryNumber(rawValue: 2)], from: kept, now: desk.now)
        }
        await #expect(
            throws: ControlFailure.conflict(
                "entry_1 opened \(kept), which stays with it: split the others from it")
        ) {
            try await desk.pipeline.split([EntryNumber(rawValue: 1)], from: kept, now: desk.now)
        }
        #expect(try desk.told("all").count == 2)
        _ = try await desk.pipeline.mute(kept, now: desk.now)
        await #expect(
            throws: ControlFailure.conflict("\(kept) is muted: merge it into \(other), or name another one")
        ) {
            try await desk.pipeline.merge([other], into: kept, now: desk.now)
        }
        _ = try await desk.pipeline.mute(other, now: desk.now)
        _ = try await desk.pipeline.merge([other], into: kept, now: desk.now)
        await #expect(throws: ControlFailure.conflict("\(other) has been merged into \(kept)")) {
            try await desk.pipeline.retract(other, now: desk.now)
        }
        #expect(try desk.store.developments().map(\.standing) == [.muted])
    }
}
