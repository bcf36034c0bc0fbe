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
    /// A bare title that differs in one name is alike in all its words, which lifts the bound on strangers.
    private static let requiredOfActors = 0.5
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

        func settle(at required: Double) {
            let all = held + failed.count
            let share = Double(held) / Double(max(1, all))
            print("metamorphic: \(name): \(held) of \(all)")
            #expect(all > 0, "\(name): nothing was tried")
            #expect(share >= required, "\(name): \(held) of \(all); \(failed.prefix(20))")
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

    @Test(arguments: ShippedLexicon.tags)
    func aSynonymOfTheLexiconTellsNothingNew(tag: String) throws {
        var tally = Tally(name: "synonym \(tag)")
        for kind in ShippedLexicon.kinds {
            let (desk, base) = try Self.told(kind, tag)
            for phrase in try Self.phrases(kind, tag).dropFirst() {
                let said = desk.judge(Self.item(phrase, tag, isSecond: true)).decisions[0]
                tally.note(Self.joins(said, base), "\(kind) \(phrase) \(said.score)")
            }
        }
        tally.settle(at: Self.required)
    }

    @Test(arguments: ShippedLexicon.tags)
    func aTranslationTellsNothingNew(tag: String) throws {
        var tally = Tally(name: "translation \(tag)")
        for kind in ShippedLexicon.kinds {
            let (desk, base) = try Self.told(kind, "en")
            for phrase in try Self.phrases(kind, tag).dropFirst().prefix(Self.sampled) {
                let said = desk.judge(Self.item(phrase, tag, isSecond: true)).decisions[0]
                tally.note(Self.joins(said, base), "\(kind) \(phrase) \(said.score)")
            }
        }
        tally.settle(at: Self.required)
    }

    @Test(arguments: ShippedLexicon.names.keys.sorted())
    func namesInAnotherScriptTellNothingNew(tag: String) throws {
        let names = try #require(ShippedLexicon.names[tag])
        var tally = Tally(name: "script \(tag)")
        for kind in ShippedLexicon.kinds {
            let (desk, base) = try Self.told(kind, "en")
            for phrase in try Self.phrases(kind, tag, filler: names.person).prefix(Self.sampled) {
                let said = desk.judge(
                    Self.item(phrase, tag, who: names.person, of: names.organization, isSecond: true)
                ).decisions[0]
                tally.note(Self.joins(said, base), "\(kind) \(phrase) \(said.score)")
            }
        }
        tally.settle(at: Self.required)
    }

    @Test(arguments: ShippedLexicon.tags)
    func theOppositeIsNews(tag: String) throws {
        var tally = Tally(name: "opposite \(tag)")
        for kind in ShippedLexicon.kinds where !kind.opposites.isEmpty {
            let (desk, base) = try Self.told(kind, tag)
            for other in kind.opposites {
                for phrase in try Self.phrases(other, tag).prefix(Self.sampled) {
                    let said = desk.judge(Self.item(phrase, tag, isSecond: true)).decisions[0]
                    tally.note(!Self.joins(said, base), "\(kind) \(other) \(phrase) \(said.score)")
                }
            }
        }
        tally.settle(at: Self.required)
    }

    @Test(arguments: ShippedLexicon.tags)
    func anotherActorIsNews(tag: String) throws {
        var tally = Tally(name: "actor \(tag)")
        for kind in ShippedLexicon.kinds {
            let (desk, base) = try Self.told(kind, tag)
            for phrase in try Self.phrases(kind, tag, filler: "Okafor").dropFirst().prefix(Self.sampled) {
                let said = desk.judge(Self.item(phrase, tag, who: "Okafor", isSecond: true)).decisions[0]
                tally.note(!Self.joins(said, base), "\(kind) \(phrase) \(said.score)")
            }
        }
        tally.settle(at: Self.requiredOfActors)
    }

    /// Shared names alone would join a bare title too; the kind of event must count beside them.
    @Test(arguments: ShippedLexicon.tags)
    func anotherKindOfEventIsNews(tag: String) throws {
        var tally = Tally(name: "kind \(tag)")
        for (place, kind) in ShippedLexicon.kinds.enumerated() {
            let (desk, base) = try Self.told(kind, tag)
            for step in [7, 23, 41] {
                let other = ShippedLexicon.kinds[(place + step) % ShippedLexicon.kinds.count]
                guard other != kind, !other.isKin(to: kind) else { continue }
                let phrase = try #require(try Self.phrases(other, tag).first)
                let said = desk.judge(Self.item(phrase, tag, isSecond: true)).decisions[0]
                tally.note(!Self.joins(said, base), "\(kind) \(other) \(phrase) \(said.score)")
            }
        }
        tally.settle(at: Self.required)
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
        tally.settle(at: Self.required)
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
        tally.settle(at: Self.required)
    }

    @Test(arguments: ShippedLexicon.tags)
    func theNegationIsNews(tag: String) throws {
        let language = try #require(ShippedLexicon.language(tag))
        let negation = try #require(language.markers[.negation]?.first)
        var tally = Tally(name: "negation \(tag)")
        for kind in ShippedLexicon.kinds where !ClaimReader.unaffected.contains(kind) {
            let (desk, base) = try Self.told(kind, tag)
            for phrase in try Self.phrases(kind, tag).prefix(Self.sampled) {
                let said = desk.judge(Self.item(negation + " " + phrase, tag, isSecond: true)).decisions[0]
                tally.note(!Self.joins(said, base), "\(kind) \(phrase) \(said.score)")
            }
        }
        tally.settle(at: Self.required)
    }
}
