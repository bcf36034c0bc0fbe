import Foundation
import Testing

@testable import Stories

/// What an operator says changes the memory as if the entries had been decided on that way.
@Suite struct RulingMemoryTests {
    private static let removal = Sample.item(
        "Northwind board fires Ada Marlow as chief executive", "The directors dismissed her on Friday.")
    private static let again = Sample.item(
        "Ada Marlow sacked by Northwind board", "Her staff heard of it late.", outlet: "two.example", hours: 1
    )
    private static let suit = Sample.item(
        "Ben Okafor sues Northwind", "The lawsuit says that it broke its word.", outlet: "three.example",
        hours: 2)

    private func expectSame(_ left: TopicState.Development, _ right: TopicState.Development) {
        #expect(left.memberCount == right.memberCount)
        #expect(left.claimed.entries.map(\.number) == right.claimed.entries.map(\.number))
        for (one, other) in zip(left.claimed.entries, right.claimed.entries) {
            #expect(abs(one.weight - other.weight) < 1e-9)
        }
        #expect(Set(left.shapes.keys) == Set(right.shapes.keys))
        #expect(abs(left.shapeTotal - right.shapeTotal) < 1e-9)
    }

    @Test func whatIsSplitLeavesNothingBehind() throws {
        var desk = Desk()
        let source = try #require(desk.take(Self.removal).developments.first)
        let alone = desk.engine.state(at: 0).developments[0]
        let joined = desk.take(Self.again)
        #expect(joined.developments == [source])
        let opened = DevelopmentID(rawValue: "dev_parted")
        desk.engine.apply(.split(source: source, opened: opened, entries: [joined.entry]))

        let state = desk.engine.state(at: 0)
        expectSame(state.developments[0], alone)
        #expect(state.developments(of: joined.entry) == [opened])
        #expect(state.developments[1].memberCount == 1)
    }

    @Test func whatIsMergedIsKnownByAllThatBothWereKnownBy() throws {
        var desk = Desk()
        let kept = try #require(desk.take(Self.removal).developments.first)
        let other = desk.take(Self.suit)
        let absorbed = try #require(other.developments.first)
        #expect(absorbed != kept)
        let before = desk.engine.state(at: 0).developments
        desk.engine.apply(.merge(kept: kept, absorbed: absorbed))

        let state = desk.engine.state(at: 0)
        #expect(state.standingDevelopments == [kept])
        #expect(state.developments(of: other.entry) == [kept])
        #expect(state.developments[0].memberCount == 2)
        #expect(state.developments[0].shapes.count == Set(before.flatMap(\.shapes.keys)).count)
        #expect(
            Set(state.developments[0].claimed.entries.map(\.number))
                == Set(before.flatMap { $0.claimed.entries.map(\.number) }))
        #expect(state.developments[1].claimed.entries.isEmpty)
    }
}
