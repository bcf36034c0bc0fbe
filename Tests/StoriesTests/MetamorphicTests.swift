import Foundation
import Testing

@testable import Stories

/// A told story told again in words that the lexicon itself offers: what says the same joins, what says
/// something else
/// opens. Nothing is picked by hand; every language and every kind of event takes part, and the shares that hold are
/// printed.
@Suite struct MetamorphicTests {
    /// Shares that must hold in every language. What a shared word makes ambiguous ("not guilty" is a verdict that
    /// holds a "not") is left out by no rule, so a few stay below one.
    private static let required = 0.95
    /// Phrases of a kind that are tried where all would take minutes.
    private static let sampled = 4

    /// How many of the transformations of one class hold, and those that do not.
    private struct Tally {
        let name: String
        var held = 0
        var failed: [String] = []

        mutating func note(_ holds: Bool, _ detail: @autoclosure () -> String) {
            if holds { held += 1 } else { failed.append(detail()) }
        }

        func settle() {
            let all = held + failed.count
            let share = Double(held) / Double(max(1, all))
            print("metamorphic: \(name): \(held) of \(all)")
            #expect(all > 0, "\(name): nothing was tried")
            #expect(share >= MetamorphicTests.required, "\(name): \(held) of \(all); \(failed.prefix(20))")
        }
    }

    /// A title of the story; the second outlet's is an hour younger.
    private static func item(
        _ phrase: String, _ tag: String, who: String = "Marlow", of organization: String = "Northwind",
        isSecond: Bool = false
    ) -> StoryItem {
        Sample.item(
            "\(organization) \(phrase) \(who)", language: tag,
            outlet: isSecond ? "two.example" : "one.example",
            hours: isSecond ? 1 : 0)
    }

    /// A desk that has just been told of a happening of that kind, and what it decided.
    private static func told(_ kind: EventKind, _ tag: String) throws -> (desk: Desk, decision: Decision) {
        var desk = ShippedLexicon.desk
        let first = try #require(try phrases(kind, tag).first)
        let decision = desk.take(item(first, tag))
        return (desk, decision)
    }

    private static func phrases(_ kind: EventKind, _ tag: String, filler: String = "Marlow") throws
        -> [String]
    {
        ShippedLexicon.Words(language: try #require(ShippedLexicon.language(tag)), kind: kind)
            .phrases(filler: filler)
    }

    private static func joins(_ said: Decision, _ base: Decision) -> Bool {
        said.opened.isEmpty && !Set(said.developments).isDisjoint(with: base.developments)
    }

    /// Tells a happening of each kind, then every variant of it: each must join what was told, or none.
    private static func expect(
        _ name: String, _ tag: String, after told: String, of kinds: [EventKind] = ShippedLexicon.kinds,
        joins: Bool, _ variants: (EventKind) throws -> some Sequence<StoryItem>
    ) throws {
        var tally = Tally(name: "\(name) \(tag)")
        for kind in kinds {
            let (desk, base) = try Self.told(kind, told)
            for item in try variants(kind) {
                let said = desk.judge(item).decisions[0]
                tally.note(Self.joins(said, base) == joins, "\(kind): \(item.title), \(said.score)")
            }
        }
        tally.settle()
    }

    @Test(arguments: ShippedLexicon.tags)
    func aSynonymOfTheLexiconTellsNothingNew(tag: String) throws {
        try Self.expect("synonym", tag, after: tag, joins: true) { kind in
            try Self.phrases(kind, tag).dropFirst().map { Self.item($0, tag, isSecond: true) }
        }
    }

    @Test(arguments: ShippedLexicon.tags)
    func aTranslationTellsNothingNew(tag: String) throws {
        try Self.expect("translation", tag, after: "en", joins: true) { kind in
            try Self.phrases(kind, tag).dropFirst().prefix(Self.sampled).map {
                Self.item($0, tag, isSecond: true)
            }
        }
    }

    @Test(arguments: ShippedLexicon.names.keys.sorted())
    func namesInAnotherScriptTellNothingNew(tag: String) throws {
        let names = try #require(ShippedLexicon.names[tag])
        try Self.expect("script", tag, after: "en", joins: true) { kind in
            try Self.phrases(kind, tag, filler: names.person).prefix(Self.sampled).map {
                Self.item($0, tag, who: names.person, of: names.organization, isSecond: true)
            }
        }
    }

    @Test(arguments: ShippedLexicon.tags)
    func theOppositeIsNews(tag: String) throws {
        let kinds = ShippedLexicon.kinds.filter { !$0.opposites.isEmpty }
        try Self.expect("opposite", tag, after: tag, of: kinds, joins: false) { kind in
            try kind.opposites.flatMap { try Self.phrases($0, tag).prefix(Self.sampled) }
                .map { Self.item($0, tag, isSecond: true) }
        }
    }

    @Test(arguments: ShippedLexicon.tags)
    func anotherActorIsNews(tag: String) throws {
        try Self.expect("actor", tag, after: tag, joins: false) { kind in
            try Self.phrases(kind, tag, filler: "Okafor").dropFirst().prefix(Self.sampled).map {
                Self.item($0, tag, who: "Okafor", isSecond: true)
            }
        }
    }

    /// Shared names alone would join a bare title too; the kind of event must count beside them.
    @Test(arguments: ShippedLexicon.tags)
    func anotherKindOfEventIsNews(tag: String) throws {
        let kinds = ShippedLexicon.kinds
        try Self.expect("kind", tag, after: tag, joins: false) { kind in
            let place = try #require(kinds.firstIndex(of: kind))
            let others = [7, 23, 41].map { kinds[(place + $0) % kinds.count] }
                .filter { $0 != kind && !$0.isKin(to: kind) }
            return try others.compactMap { try Self.phrases($0, tag).first }
                .map { Self.item($0, tag, isSecond: true) }
        }
    }

    @Test(arguments: ShippedLexicon.tags)
    func theNegationIsNews(tag: String) throws {
        let language = try #require(ShippedLexicon.language(tag))
        let negation = try #require(language.markers[.negation]?.first)
        let kinds = ShippedLexicon.kinds.filter { !ClaimReader.unaffected.contains($0) }
        try Self.expect("negation", tag, after: tag, of: kinds, joins: false) { kind in
            try Self.phrases(kind, tag).prefix(Self.sampled).map {
                Self.item(negation + " " + $0, tag, isSecond: true)
            }
        }
    }

    @Test(arguments: ShippedLexicon.tags)
    func theOrderOfOutletsDoesNotMatter(tag: String) throws {
        var tally = Tally(name: "order \(tag)")
        for kind in ShippedLexicon.kinds {
            var desk = ShippedLexicon.desk
            let phrases = Array(try Self.phrases(kind, tag).prefix(2))
            let base = desk.take(Self.item(phrases[phrases.count - 1], tag))
            let said = desk.judge(Self.item(phrases[0], tag, isSecond: true)).decisions[0]
            tally.note(Self.joins(said, base), "\(kind) \(phrases) \(said.score)")
        }
        tally.settle()
    }

    /// A number in another notation is nearer than another number.
    @Test(arguments: ShippedLexicon.tags)
    func aNumberInAnotherNotationIsTheSameNumber(tag: String) throws {
        let language = try #require(ShippedLexicon.language(tag))
        let phrases = try Self.phrases(.layoff, tag)
        var tally = Tally(name: "number \(tag)")
        func compare(_ told: String, _ again: String, _ other: String) {
            var desk = ShippedLexicon.desk
            desk.take(Self.item("\(told) \(phrases[0])", tag))
            let scores = [again, other].map {
                desk.judge(Self.item("\($0) \(phrases[1])", tag, isSecond: true)).decisions[0].score
            }
            tally.note(scores[0] > scores[1], "\(told) \(again) \(other) \(scores)")
        }
        compare("700", "700+", "431+")
        compare("1234", "1\u{A0}234", "8431")
        for notation in ["1,234.5", "1.234,5"] { compare("1234.5", notation, "8431.5") }
        let isUnseparated = language.matching == .substring
        for (word, value) in language.magnitudes.sorted(by: { $0.key < $1.key }) where value >= 1000 {
            let space = isUnseparated || tag == "ko" ? "" : " "
            compare(String(Int(3 * value)), "3" + space + word, "8" + space + word)
        }
        if !isUnseparated {
            for (word, value) in language.numbers.sorted(by: { $0.key < $1.key })
            where value >= 10 && value < 1000 {
                compare(String(Int(value)), word, "431")
            }
        }
        tally.settle()
    }
}
