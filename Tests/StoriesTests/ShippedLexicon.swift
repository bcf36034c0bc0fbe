import Feeds
import Foundation
import Settings

@testable import Stories

/// The shipped lexicon, and a story whose titles are made of its words.
enum ShippedLexicon {
    /// One language's patterns of one kind, as a reader would see them.
    struct Words: Sendable {
        var language: LexiconLanguage
        var kind: EventKind

        /// Every pattern once, written out with `filler` in its gaps.
        func phrases(filler: String) -> [String] {
            (language.kinds[kind] ?? []).map { ShippedLexicon.phrase($0, filler: filler) }
        }
    }

    static let lexicon: Lexicon = {
        do { return try ConfigurationReader.lexicon(directory: folder) } catch {
            fatalError("the shipped lexicon does not read: \(error)")
        }
    }()

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "etc/newswatch/lexicon").path

    /// The languages' tags, for parameterised tests.
    static let tags = lexicon.languages.map(\.language)

    static func language(_ tag: String) -> LexiconLanguage? {
        lexicon.languages.first { $0.language == tag }
    }

    /// Kinds that are a happening of their own; the weak ones only frame others.
    static let kinds = EventKind.allCases.filter { !$0.isWeak }

    /// A pattern written out: no stars, the filler in its gaps.
    static func phrase(_ pattern: String, filler: String) -> String {
        pattern.replacing("*", with: "").replacing("~", with: filler)
    }

    /// The people of the story in the scripts that the lexicon's languages are written in.
    static let profile = TopicProfile(
        id: "northwind", name: "Northwind",
        entities: [
            .init(
                id: "northwind", name: "Northwind", kind: .organization, isCentral: true,
                aliases: ["Нортвинд", "ノースウィンド", "诺斯温德", "諾斯溫德", "노스윈드", "نورثويند", "नॉर्थविंड"]),
            .init(
                id: "marlow", name: "Ada Marlow", kind: .person, isCentral: true,
                short: ["Marlow", "Марлоу", "マーロウ", "马洛", "馬洛", "말로우", "مارلو", "मार्लो"]),
            .init(
                id: "okafor", name: "Ben Okafor", kind: .person,
                short: ["Okafor", "Окафор", "オカフォー", "奥卡福", "奧卡福", "오카포", "أوكافور", "ओकाफोर"]),
        ],
        context: .init(
            terms: [], kinds: kinds,
            roles: [.ceo, .board, .employee]))

    static let names: [String: (organization: String, person: String)] = [
        "ru": ("Нортвинд", "Марлоу"), "uk": ("Нортвинд", "Марлоу"), "ja": ("ノースウィンド", "マーロウ"),
        "zh-Hans": ("诺斯温德", "马洛"), "zh-Hant": ("諾斯溫德", "馬洛"), "ko": ("노스윈드", "말로우"),
        "ar": ("نورثويند", "مارلو"), "hi": ("नॉर्थविंड", "मार्लो"),
    ]

    /// A desk that has read of the same people for weeks, so that their names alone say little. All of it is long
    /// ago: what is told now is news.
    static let desk: Desk = {
        var desk = Desk(StoryEngine(profiles: [profile], lexicon: lexicon))
        for (index, story) in past.enumerated() {
            desk.take(
                Sample.item(
                    story.title, story.text, outlet: "past\(index % 4).example",
                    hours: Double(index - past.count) * 20 - 900))
        }
        return desk
    }()

    private static let past: [(title: String, text: String)] = [
        (
            "Northwind opens a turbine hall in Esbjerg",
            "Ada Marlow cut the ribbon with the mayor. The hall has room for forty blades."
        ),
        (
            "Marlow visits the harbour of Hull",
            "The head of Northwind walked the quays with Ben Okafor and spoke with dockers."
        ),
        (
            "Okafor thanks the crews of the spring season",
            "In a note on the intranet he praised the night shifts of Northwind."
        ),
        (
            "Northwind presents a blade made of flax",
            "Marlow showed the prototype in Oslo. It weighs a third less."
        ),
        (
            "Marlow warns of a shortage of cable ships",
            "Northwind sees the queue at the yards grow into the next decade, Okafor added."
        ),
        (
            "Okafor criticises the grid fees of the north",
            "The tariffs punish the windy coast, he told a trade paper. Marlow agrees."
        ),
        (
            "Northwind plans a school for riggers",
            "Marlow wants two hundred apprentices a year. Okafor looks for a building."
        ),
        (
            "Northwind wins the order for the Dogger field",
            "Ninety turbines are to stand there. Okafor leads the works, Marlow signs."
        ),
        (
            "Marlow regrets the noise at the Skagen site",
            "Neighbours had written to Northwind. Okafor promises quieter cranes."
        ),
        (
            "Northwind earns more on fewer blades",
            "The quarter brought a small surplus, Okafor reckoned before analysts; Marlow kept the outlook."
        ),
        (
            "Okafor denies that the Lerwick yard is for sale",
            "Nobody has asked, he said. Marlow visits Lerwick in autumn. Northwind employs sixty there."
        ),
        (
            "Storm damages a Northwind mast off Bergen",
            "No one was hurt. Marlow flew there, Okafor stayed with the control room."
        ),
        (
            "Northwind and the union settle the night bonus",
            "Okafor and the stewards shook hands in Aarhus. Marlow called it fair."
        ),
        (
            "Marlow receives a medal of the engineers",
            "The jury praised the founder of Northwind for patience. Okafor held the speech."
        ),
    ]

}
