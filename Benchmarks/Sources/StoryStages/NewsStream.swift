import Foundation
import SeededRandom

@testable import Feeds
@testable import Stories

/// Made-up news without end, the same in every run: many outlets in many languages report stories about people,
/// organisations and numbers, in the lexicon's own words for kinds of event, and copy each other.
///
/// Words fall in frequency as those of a language do, so the vocabulary grows with the stream; names and stories too are
/// few that are often told and many that are told once.
struct NewsStream {
    /// What several outlets report.
    private struct Story {
        var kind: EventKind
        var names: [String]
        var number: Int
        /// Places in the vocabularies of the words that it is told with.
        var words: [Int]
        var reports = 0
    }

    /// One language as this stream writes it.
    private struct Tongue {
        var tag: String
        var isSpaced: Bool
        var functionWords: [String]
        var patterns: [EventKind: [String]]
        var roles: [String]
        var words: [String]
    }

    /// One entry in so many begins a story; the others report one of the latest.
    private static let newStory = 0.3
    private static let copy = 0.12
    private static let latestStories = 400
    private static let latestItems = 2000
    private static let outlets = 500
    private static let names = 200_000
    private static let vocabulary = 60_000
    /// Words of a body: the median, and the standard deviation of their logarithm; agencies cut at the greatest.
    private static let bodyWords = (median: 120.0, spread: 0.9, most: 1200.0)
    /// 1,000,000 entries in 23 days.
    private static let secondsApart = 2.0

    private var random: SplitMix
    private let tongues: [Tongue]
    private let syllables: [String]
    private var stories: [Story] = []
    private var latest: [StoryItem] = []
    private var count = 0
    /// Names of a topic that is followed, and how many stories in a hundred are its own.
    private let followed: (names: [String], share: Double)

    init(seed: UInt64, lexicon: Lexicon, followed: [String] = [], share: Double = 0) {
        var random = SplitMix(state: seed)
        let latin = ["ba", "cor", "den", "el", "fi", "gra", "hol", "in", "ka", "lo", "mi", "nes", "or", "pa", "ran", "sto"]
        let cyrillic = ["ба", "кор", "ден", "ел", "фи", "гра", "хол", "ин", "ка", "ло", "ми", "нес", "ор", "па", "ран", "сто"]
        let arabic = ["با", "كر", "دن", "ال", "في", "جرا", "هول", "ان", "كا", "لو", "مي", "نس", "ور", "بر", "ران", "ست"]
        syllables = latin
        self.followed = (followed, share)
        tongues = ["en", "de", "fr", "es", "pt", "id", "tr", "ru", "uk", "ar", "zh-Hans", "ja"].compactMap { tag in
            guard let language = lexicon.languages.first(where: { $0.language == tag }) else { return nil }
            let own = ["ru": cyrillic, "uk": cyrillic, "ar": arabic][tag] ?? latin
            let isSpaced = language.matching == .words
            var words: [String] = []
            for place in 0..<Self.vocabulary {
                if isSpaced {
                    let length = place < 300 ? 2 : Int(random.next() % 3) + 2
                    words.append((0..<length).map { _ in own[Int(random.next() % 16)] }.joined())
                } else {
                    let characters = (0..<2).map { _ in UnicodeScalar(0x4E00 + UInt32(random.next() % 3500)) }
                    words.append(String(String.UnicodeScalarView(characters.compactMap { $0 })))
                }
            }
            func plain(_ patterns: [String]?) -> [String] {
                (patterns ?? []).map { $0.replacing("*", with: "").replacing("~ ", with: "") }
            }
            return Tongue(
                tag: tag, isSpaced: isSpaced, functionWords: language.functionWords,
                patterns: language.kinds.mapValues(plain).filter { !$0.value.isEmpty },
                roles: plain(language.roles[.ceo]) + plain(language.roles[.employee]), words: words)
        }
        self.random = random
    }

    /// The next entry.
    mutating func next() -> StoryItem {
        defer { count += 1 }
        let item = !latest.isEmpty && random.share() < Self.copy ? copied() : report()
        if latest.count < Self.latestItems { latest.append(item) } else { latest[count % Self.latestItems] = item }
        return item
    }

    private mutating func copied() -> StoryItem {
        let original = latest[random.place(below: latest.count)]
        let cut = original.text.split(separator: ". ", omittingEmptySubsequences: true)
        // An outlet cuts the end or adds a line of its own.
        let text =
            random.share() < 0.5
            ? cut.prefix(max(1, cut.count * 3 / 4)).joined(separator: ". ")
            : original.text + " Outlet \(random.next() % 500) contributed."
        return item(title: original.title, text: text, language: original.language)
    }

    private mutating func report() -> StoryItem {
        // The first tongue writes a third, as English does.
        let tongue = tongues[random.share() < 0.33 ? 0 : Int(random.next() % UInt64(tongues.count))]
        let place: Int
        if stories.isEmpty || random.share() < Self.newStory {
            place = begin(kinds: Array(tongue.patterns.keys).sorted { $0.rawValue < $1.rawValue })
        } else {
            place = stories.count - 1 - random.place(below: stories.count)
        }
        stories[place].reports += 1
        let story = stories[place]
        let title = headline(story, tongue)
        let wanted = Self.bodyWords.median * exp(Self.bodyWords.spread * normal())
        return item(
            title: title, text: body(story, tongue, words: Int(min(Self.bodyWords.most, max(8, wanted)))),
            language: tongue.tag)
    }

    private mutating func begin(kinds: [EventKind]) -> Int {
        let isFollowed = random.share() < followed.share
        func name() -> String {
            isFollowed && random.share() < 0.8
                ? followed.names[random.place(below: followed.names.count)] : self.name(random.place(below: Self.names))
        }
        let story = Story(
            kind: kinds[Int(random.next() % UInt64(kinds.count))], names: [name(), name(), name()],
            number: 5 + Int(exp(random.share() * 14)),
            words: (0..<40).map { _ in random.place(below: Self.vocabulary) })
        if stories.count == Self.latestStories { stories.removeFirst() }
        stories.append(story)
        return stories.count - 1
    }

    private mutating func headline(_ story: Story, _ tongue: Tongue) -> String {
        var parts = [story.names[0], event(story.kind, tongue)]
        if random.share() < 0.6 { parts.append(story.names[1]) }
        if random.share() < 0.3, let role = tongue.roles.randomElement(using: &random) { parts.append(role) }
        if random.share() < 0.3 { parts.append(String(story.number)) }
        for _ in 0..<(2 + Int(random.next() % 4)) { parts.append(word(story, tongue)) }
        return parts.joined(separator: tongue.isSpaced ? " " : "")
    }

    private mutating func body(_ story: Story, _ tongue: Tongue, words: Int) -> String {
        var sentences: [String] = []
        var written = 0
        while written < words {
            let length = 8 + Int(random.next() % 12)
            var parts: [String] = []
            for _ in 0..<length { parts.append(word(story, tongue)) }
            if random.share() < 0.4 { parts[0] = story.names[random.place(below: story.names.count)] }
            if random.share() < 0.25 { parts[length / 2] = event(story.kind, tongue) }
            if random.share() < 0.1 { parts[length - 2] = String(random.share() < 0.5 ? story.number : 5 + written) }
            sentences.append(parts.joined(separator: tongue.isSpaced ? " " : ""))
            written += length
        }
        return sentences.joined(separator: ". ") + "."
    }

    /// A function word, a word of the story, or any.
    private mutating func word(_ story: Story, _ tongue: Tongue) -> String {
        let share = random.share()
        if share < 0.4 { return tongue.functionWords[random.place(below: tongue.functionWords.count)] }
        if share < 0.6 { return tongue.words[story.words[random.place(below: story.words.count)]] }
        return tongue.words[random.place(below: Self.vocabulary)]
    }

    private mutating func event(_ kind: EventKind, _ tongue: Tongue) -> String {
        (tongue.patterns[kind] ?? tongue.patterns[.statement] ?? ["says"]).randomElement(using: &random) ?? "says"
    }

    /// Two words with capitals, a function of the place.
    private func name(_ place: Int) -> String {
        var letters = SplitMix(state: UInt64(place))
        return (0..<2).map { _ in
            let word = (0..<(2 + Int(letters.next() % 2))).map { _ in syllables[Int(letters.next() % 16)] }.joined()
            return word.prefix(1).uppercased() + word.dropFirst()
        }.joined(separator: " ")
    }

    /// Standard normal: Box and Muller's.
    private mutating func normal() -> Double {
        (-2 * log(1 - random.share())).squareRoot() * cos(2 * .pi * random.share())
    }

    private mutating func item(title: String, text: String, language: String?) -> StoryItem {
        let time = Date(timeIntervalSince1970: 1_700_000_000 + Double(count) * Self.secondsApart)
        let outlet = "outlet\(random.place(below: Self.outlets)).example"
        return StoryItem(
            outlet: outlet, url: "https://\(outlet)/\(count)", language: language, title: title, text: text,
            published: time, observed: time,
            identity: EntryIdentity(
                guid: nil, canonicalURL: "https://\(outlet)/\(count)",
                contentHash: ContentHash.hash(title: title, text: text)))
    }
}
