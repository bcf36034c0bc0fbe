import Testing

@testable import Stories

@Suite struct ClaimReaderTests {
    private func claims(_ title: String, language: String = "en") -> [Claim] {
        Sample.engine().prepare(Sample.item(title, language: language))
            .readings[0].reading.claims.filter { $0.place == .title }
    }

    private func flags(_ kind: EventKind, _ title: String) -> Claim.Flags? {
        claims(title).first { $0.kind == kind }?.flags
    }

    @Test func anActIsNews() {
        #expect(flags(.removal, "Northwind fires Ada Marlow") == [])
    }

    @Test func anActBehindNotIsNegated() {
        #expect(flags(.removal, "Northwind has not fired Marlow")?.contains(.negated) == true)
        #expect(flags(.removal, "Northwind denies it fired Marlow")?.contains(.negated) == true)
    }

    @Test func whatComesAfterAfterIsRecalled() {
        #expect(
            flags(.removal, "Okafor quits Northwind after board fired Marlow")?.contains(.background) == true)
        #expect(flags(.resignation, "Okafor quits Northwind after board fired Marlow") == [])
    }

    @Test func theContentOfTalksIsNotSaidToHappen() {
        #expect(flags(.return, "Northwind in talks for Marlow to return")?.contains(.embedded) == true)
        #expect(flags(.talks, "Northwind in talks for Marlow to return") == [])
    }

    @Test func aHedgeIsNoted() {
        #expect(flags(.return, "Marlow may return to Northwind")?.contains(.hedged) == true)
    }

    @Test func aHedgeThatIsPartOfAnEventHedgesNothing() {
        #expect(flags(.denial, "Northwind denies rumours of a merger") == [])
        #expect(flags(.denial, "Northwind reportedly denies rumours")?.contains(.hedged) == true)
    }

    @Test func aPhraseWithAGapHidesWhatItEndsWith() {
        #expect(claims("Northwind sends Ada Marlow into retirement").map(\.kind) == [.removal])
        #expect(claims("Ada Marlow goes into retirement").map(\.kind) == [.resignation])
    }

    @Test func whatIsAskedIsHedgedAndBesideTalksTheirContent() {
        let asked = flags(.return, "Will Marlow return to Northwind?")
        #expect(asked?.contains(.hedged) == true)
        #expect(asked?.contains(.embedded) == false)
        let title = "Will Marlow return to Northwind? Talks under way"
        #expect(flags(.return, title)?.contains(.embedded) == true)
        #expect(flags(.talks, title)?.contains(.embedded) == false)
        #expect(flags(.return, "Marlow returns to Northwind after talks")?.contains(.embedded) == false)
    }

    @Test func whatHappensOnceMoreIsAnotherHappening() {
        let once = claims("Northwind in talks with Ada Marlow").first { $0.kind == .talks }
        let again = claims("Northwind in talks with Ada Marlow again").first { $0.kind == .talks }
        #expect(once != nil && again != nil)
        #expect(once?.shape != again?.shape)
    }

    @Test func anEpithetRecallsItselfAndNothingBehindIt() {
        let title = "Ousted CEO Marlow sues Northwind"
        #expect(flags(.removal, title)?.contains(.background) == true)
        #expect(flags(.lawsuit, title) == [])
        #expect(flags(.resignation, "Former Northwind director Okafor quits the board") == [])
    }

    @Test func aPhraseIsNotAlsoItsParts() {
        let kinds = claims("Marlow is not coming back to Northwind").map(\.kind)
        #expect(kinds == [.collapse])
        #expect(flags(.return, "Marlow is coming back to Northwind") == [])
    }

    @Test func aNegationWithinAPhraseDeniesNothing() {
        #expect(flags(.closure, "The research team of Northwind is no more") == [])
    }

    @Test func aMarkerWithinAPhraseRecallsNothing() {
        let hiring = claims("Northwind goes after Ben Okafor").first { $0.kind == .hiring }
        #expect(hiring?.persons != 0, "\(String(describing: hiring))")
    }

    @Test func aMarkerBehindItsClauseRecallsIt() {
        let claims = claims("エイダ・マーロウ解任後、ノースウィンド協議", language: "ja")
        #expect(claims.first { $0.kind == .removal }?.flags.contains(.background) == true)
        #expect(claims.first { $0.kind == .talks }?.flags.contains(.background) == false)
    }
}
