import Feeds
import Foundation

@testable import Stories

/// A small lexicon and a small story of its own, so that the tests do not move with the shipped files.
enum Sample {
    static let english = LexiconLanguage(
        language: "en", nameEndings: ["'s", "s"],
        functionWords: [
            "the", "a", "of", "to", "in", "on", "at", "by", "for", "with", "from", "and", "as", "is", "was",
            "has", "have",
            "it", "its", "his", "her", "that", "this", "after", "over", "not", "will", "be", "an", "are",
            "who",
        ],
        numbers: ["three": 3, "forty": 40],
        kinds: [
            .removal: ["fire*", "sack*", "oust*", "dismiss*", "send* ~ into retirement"],
            .resignation: ["resign*", "quit", "quits", "step* down", "into retirement"],
            .appointment: ["appoint*", "named interim", "take* over as"],
            .return: ["reinstat*", "return*", "back as", "come* back", "coming back"],
            .talks: ["talks", "negotiat*"],
            .collapse: ["collaps*", "broke down", "break* off", "not coming back"],
            .closure: ["no more"], .hiring: ["go* after"],
            .letter: ["petition", "open letter"],
            .threat: ["threaten*", "ultimatum"],
            .investigation: ["investigat*", "probe", "inquiry"],
            .lawsuit: ["sue", "sues", "sued", "lawsuit"],
            .denial: ["deny", "denies", "denied", "denies rumours"],
            .regret: ["regret*", "apolog*"],
            .launch: ["launch*", "unveil*"],
            .statement: ["said", "says"],
        ],
        markers: [
            .negation: ["not", "never", "no", "hasn't"], .hedge: ["may", "could", "reportedly", "rumours"],
            .background: ["after", "following", "who was", "since"], .recap: ["timeline", "explainer"],
            .opinion: ["opinion", "editorial"], .again: ["again"], .epithet: ["former", "ousted ceo"],
        ],
        roles: [
            .ceo: ["ceo", "chief executive"], .board: ["board", "directors"],
            .employee: ["employee*", "staff", "workers"], .investor: ["investor*"],
        ])

    static let german = LexiconLanguage(
        language: "de",
        functionWords: [
            "der", "die", "das", "den", "dem", "des", "ein", "eine", "und", "in", "zu", "von", "mit", "auf",
            "für", "ist",
            "nicht", "sich", "nach", "als", "bei", "wird", "hat",
        ],
        kinds: [
            .removal: ["entlass*", "entlässt", "feuert", "gefeuert"],
            .resignation: ["tritt ~ zurück", "rücktritt"],
            .return: ["kehrt ~ zurück", "rückkehr"], .talks: ["verhandel*", "gespräch*"],
        ],
        markers: [.negation: ["nicht", "kein*"], .background: ["nach", "nachdem"]],
        roles: [.ceo: ["chef", "vorstandschef*"], .board: ["aufsichtsrat*"]])

    static let japanese = LexiconLanguage(
        language: "ja", matching: .substring, kinds: [.removal: ["解任"], .return: ["復帰"], .talks: ["協議"]],
        markers: [.negation: ["せず", "ない"], .backgroundEnd: ["後"]], roles: [.ceo: ["最高経営責任者"]])

    static let lexicon = Lexicon(languages: [english, german, japanese])

    static let profile = TopicProfile(
        id: "northwind", name: "Northwind's management",
        entities: [
            .init(
                id: "northwind", name: "Northwind", kind: .organization, isCentral: true, aliases: ["ノースウィンド"]
            ),
            .init(
                id: "marlow", name: "Ada Marlow", kind: .person, isCentral: true, aliases: ["エイダ・マーロウ"],
                short: ["Marlow", "マーロウ"]),
            .init(id: "okafor", name: "Ben Okafor", kind: .person, short: ["Okafor"]),
            .init(id: "lindqvist", name: "Eva Lindqvist", kind: .person, short: ["Lindqvist"]),
        ],
        context: .init(
            terms: ["boardroom"],
            kinds: [
                .removal, .resignation, .appointment, .return, .talks, .collapse, .letter, .threat,
                .investigation,
                .lawsuit, .denial, .regret, .closure,
            ],
            roles: [.ceo, .board, .employee]),
        exclusions: [.init(terms: ["football"], unless: ["Northwind"])])

    static let start = Date(timeIntervalSince1970: 1_700_000_000)

    static func engine(_ profiles: [TopicProfile] = [profile]) -> StoryEngine {
        StoryEngine(profiles: profiles, lexicon: lexicon)
    }

    static func item(
        _ title: String, _ text: String = "", language: String = "en", outlet: String = "one.example",
        hours: Double = 0,
        id: String? = nil
    ) -> StoryItem {
        let time = start.addingTimeInterval(hours * 3600)
        return StoryItem(
            outlet: outlet, url: nil, language: language, title: title, text: text, published: time,
            observed: time,
            identity: EntryIdentity(
                guid: id ?? outlet + title, canonicalURL: nil,
                contentHash: ContentHash.hash(title: title, text: text)))
    }
}

/// The shell's part, in memory.
struct Desk {
    var engine: StoryEngine
    private(set) var changes: [Change] = []
    private var texts: [EntryNumber: StoredText] = [:]
    private var known: [String: KnownEntry] = [:]
    private var next: Int64 = 0

    init(_ engine: StoryEngine = Sample.engine()) { self.engine = engine }

    /// Decides, stores and applies; the first topic's decision.
    @discardableResult
    mutating func take(_ item: StoryItem) -> Decision {
        let verdict = judge(item)
        let number = verdict.change.entry
        next = number.rawValue
        texts[number] = StoredText(title: item.title, text: item.text)
        if let guid = item.identity.guid {
            known[guid] = KnownEntry(
                number: number, contentHash: item.identity.contentHash, title: item.title, text: item.text)
        }
        changes.append(verdict.change)
        engine.apply(verdict.change)
        return verdict.decisions[0]
    }

    /// Decides only.
    func judge(_ item: StoryItem) -> Verdict {
        let prepared = engine.prepare(item)
        let wanted = engine.candidates(for: prepared)
        let evidence = Evidence(
            known: item.identity.guid.flatMap { known[$0] }, texts: texts.filter { wanted.contains($0.key) })
        return engine.decide(prepared, number: EntryNumber(rawValue: next + 1), evidence: evidence)
    }
}
