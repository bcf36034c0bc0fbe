import Foundation
import Testing

@testable import Stories

/// What each layer does is not done without it.
@Suite struct StoryLayerTests {
    private static let removal = Sample.item(
        "Northwind board fires Ada Marlow as chief executive",
        "The directors dismissed her on Friday after a long meeting in the town hall.")

    private func desk(without layer: StoryLayer?, after items: StoryItem...) -> Desk {
        var settings = StorySettings.fitted
        settings.leftOut = layer.map { [$0] } ?? []
        var desk = Desk(
            StoryEngine(profiles: [Sample.profile], lexicon: Sample.lexicon, settings: settings))
        for item in items { desk.take(item) }
        return desk
    }

    /// How the second of two items compares with what the first told.
    private func features(_ first: StoryItem, _ second: StoryItem, without layer: StoryLayer?) throws
        -> Features
    {
        let desk = desk(without: layer, after: first)
        let reading = desk.engine.prepare(second).readings[0].reading
        return try #require(
            desk.engine.state(at: 0).candidates(
                for: reading, time: second.engineTime, settings: desk.engine.settings
            ).first
        ).features
    }

    @Test func nothingIsLeftOutAsShipped() {
        #expect(StorySettings.fitted.leftOut.isEmpty)
        #expect(StoryLayer.allCases.allSatisfy { StorySettings.fitted.uses($0) })
    }

    @Test func layersAreNamedInTrials() throws {
        let settings = try StorySettings.fitted.replacing(Data(#"{"leftOut":["time","rarity"]}"#.utf8))
        #expect(settings.leftOut == [.time, .rarity])
    }

    @Test func withoutIdentityWhatIsShownAgainIsNoDuplicate() {
        #expect(
            desk(without: nil, after: Self.removal).judge(Self.removal).decisions[0].outcome == .duplicate)
        let again = desk(without: .identity, after: Self.removal).judge(Self.removal).decisions[0]
        #expect(again.outcome == .nearDuplicate)
        #expect(again.revisionOf == nil)
    }

    @Test func withoutCopiesNoneIsNamed() {
        let copy = Sample.item(Self.removal.title, Self.removal.text, outlet: "two.example", hours: 1)
        #expect(desk(without: nil, after: Self.removal).judge(copy).decisions[0].outcome == .nearDuplicate)
        let decision = desk(without: .copies, after: Self.removal).judge(copy).decisions[0]
        #expect(decision.outcome == .sameDevelopment)
        #expect(decision.nearDuplicateOf == nil)
    }

    @Test func withoutClaimsKindsOfEventDoNotAgree() throws {
        let same = Sample.item("Northwind directors sack Ada Marlow", outlet: "two.example", hours: 1)
        let whole = try features(Self.removal, same, without: nil)
        let rest = try features(Self.removal, same, without: .claims)
        #expect(whole.kinds > 0 && whole.claims > 0)
        #expect(rest.kinds == 0 && rest.claims == 0 && rest.textAndKinds == 0)
        #expect(rest.nearest == whole.nearest)
    }

    @Test func withoutRarityTheNamesOfEveryEntryWeighAsOthersDo() throws {
        let other = Sample.item(
            "Northwind staff praise Ada Marlow at the fair", outlet: "two.example", hours: 1)
        let many = (0..<12).map {
            Sample.item("Ada Marlow of Northwind threatens number \($0)", outlet: "\($0).example", hours: 1)
        }
        func nearest(without layer: StoryLayer?) throws -> Double {
            var desk = desk(without: layer, after: Self.removal)
            for item in many { desk.take(item) }
            let reading = desk.engine.prepare(other).readings[0].reading
            let candidates = desk.engine.state(at: 0).candidates(
                for: reading, time: other.engineTime, settings: desk.engine.settings)
            return candidates.map(\.features.nearest).max() ?? 0
        }
        #expect(try nearest(without: .rarity) > nearest(without: nil))
    }

    @Test func withoutNumbersNoneAgrees() throws {
        let first = Sample.item("Northwind staff sign petition: 505 names", outlet: "one.example")
        let second = Sample.item(
            "Northwind staff sign petition: 505 names now", outlet: "two.example", hours: 1)
        let whole = try features(first, second, without: nil)
        let rest = try features(first, second, without: .numbers)
        #expect(whole.numbers == 1)
        #expect(rest.numbers == 0)
        #expect(rest.nearest < whole.nearest)
    }

    @Test func withoutOppositesAReturnDoesNotContradictARemoval() throws {
        let back = Sample.item("Northwind reinstates Ada Marlow", outlet: "two.example", hours: 1)
        #expect(try features(Self.removal, back, without: nil).opposite == 1)
        #expect(try features(Self.removal, back, without: .opposites).opposite == 0)
    }

    @Test func withoutTimeQuietDaysDoNotCount() throws {
        let later = Sample.item("Northwind directors sack Ada Marlow", outlet: "two.example", hours: 24 * 9)
        #expect(try features(Self.removal, later, without: nil).quiet > 2)
        #expect(try features(Self.removal, later, without: .time).quiet == 0)
    }
}
