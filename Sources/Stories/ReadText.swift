import Foundation
import Normalization

/// A number with its place.
struct ReadNumber: Sendable, Equatable {
    var value: Double
    var place: Claim.Place
    /// Could be a year: says little.
    var isYear: Bool
}

/// One text cut into tokens and searched for the lexicon's words: what all topics share.
struct ReadText: Sendable {
    let language: CompiledLanguage?
    /// Title first, then the text; sentence and clause numbers run on.
    let tokens: [Token]
    let titleCount: Int
    let hits: [LexiconHit]
    let numbers: [ReadNumber]
    /// The title's.
    let figure: Figure?
    /// Days, years and days of the week that title and lead name, with their place.
    let times: [(time: StatedTime, place: Claim.Place)]
    /// Tokens that look like names, by capital letters within a sentence.
    let nameTokens: [Int]
    private let leadSentences: ClosedRange<Int>

    init(title: String, text: String, language declared: String?, lexicon: Lexicon, settings: StorySettings) {
        let tokenizedTitle = Tokenizer.tokenize(title)
        // A character has a byte at least: most texts need not be counted.
        let isShort = text.utf8.count <= settings.readCharacters
        let tokenizedText = Tokenizer.tokenize(isShort ? text : String(text.prefix(settings.readCharacters)))
        var tokens = Token.tokens(of: tokenizedTitle, limit: settings.maxTitleTokens)
        titleCount = tokens.count
        let sentences = (tokens.last?.sentence ?? -1) + 1
        let clauses = (tokens.last?.clause ?? -1) + 1
        for var token in Token.tokens(of: tokenizedText, limit: settings.maxTextTokens) {
            token.sentence += sentences
            token.clause += clauses
            tokens.append(token)
        }
        self.tokens = tokens
        let lead = sentences...(sentences + settings.leadSentences - 1)
        leadSentences = lead
        let language = lexicon.language(declared: declared, tokens: tokens)
        self.language = language
        hits = language?.patterns.hits(in: tokens) ?? []
        nameTokens = Self.names(tokens, titleCount: titleCount, roles: hits, language)
        let titleNumbers = Self.mentions(in: tokenizedTitle, language)
        let textNumbers = Self.mentions(in: tokenizedText, language)
        figure = Figure(first: titleNumbers)
        var numbers: [ReadNumber] = []
        for mention in titleNumbers.prefix(settings.maxTitleTokens) {
            numbers.append(Self.number(mention, place: .title))
        }
        let leadEnd = tokens.last { lead.contains($0.sentence) }?.range.upperBound ?? 0
        for mention in textNumbers.prefix(settings.maxTextTokens) {
            numbers.append(Self.number(mention, place: mention.range.lowerBound < leadEnd ? .lead : .body))
        }
        self.numbers = numbers
        let leadTokens = titleCount..<(tokens.lastIndex { lead.contains($0.sentence) } ?? titleCount - 1) + 1
        var times = StatedTime.times(in: tokens[..<titleCount], hits: hits).map { ($0, Claim.Place.title) }
        times += StatedTime.times(in: tokens[leadTokens], hits: hits).map { ($0, .lead) }
        times += numbers.filter { $0.isYear && $0.place != .body }.map { (.year(Int($0.value)), $0.place) }
        self.times = times
    }

    /// Where a token stands.
    func place(of index: Int) -> Claim.Place {
        if index < titleCount { return .title }
        return index < tokens.count && leadSentences.contains(tokens[index].sentence) ? .lead : .body
    }

    /// Words as read, for explanations.
    func words(_ range: Range<Int>) -> String {
        tokens[range].map(\.written).joined(separator: tokens[range.lowerBound].isCharacter ? "" : " ")
    }

    private static func mentions(in text: TokenizedText, _ language: CompiledLanguage?) -> [NumberMention] {
        Numbers.mentions(
            in: text, words: language?.numbers ?? [:], magnitudes: language?.magnitudes ?? [:],
            approximate: language?.approximate ?? [])
    }

    private static func number(_ mention: NumberMention, place: Claim.Place) -> ReadNumber {
        let value = mention.value
        return ReadNumber(
            value: value, place: place,
            isYear: value >= 1900 && value < 2100 && value == value.rounded() && mention.unit == .plain
                && !mention.isApproximate)
    }

    /// Capitalised words. One that opens a sentence only if another capitalised word follows it or it is
    /// capitalised within the text too; in a title set in capitals only the latter; in a language that
    /// capitalises its nouns none, since they say nothing there. Roles, days and months are no names.
    private static func names(
        _ tokens: [Token], titleCount: Int, roles hits: [LexiconHit], _ language: CompiledLanguage?
    ) -> [Int] {
        guard language?.capitalizesNouns != true else { return [] }
        var inside: Set<UInt64> = []
        for index in tokens.indices where !tokens[index].isCharacter {
            let token = tokens[index]
            let isStart = index == 0 || tokens[index - 1].sentence != token.sentence
            if token.isCapitalized, !isStart, index >= titleCount { inside.insert(token.hash) }
        }
        var isRole = [Bool](repeating: false, count: tokens.count)
        for hit in hits {
            if case .role = hit.label { for index in hit.start..<hit.end { isRole[index] = true } }
        }
        let title = tokens[..<titleCount].filter { !$0.isCharacter && $0.text.utf8.count > 3 }
        let capitals = title.count { $0.isCapitalized }
        let isTitleCase = title.count > 2 && capitals * 4 >= title.count * 3
        return tokens.indices.filter { index in
            let token = tokens[index]
            guard token.isCapitalized, !token.isCharacter, token.text.utf8.count > 1,
                !isRole[index], language?.functionWords.contains(token.hash) != true,
                language?.calendarWords.contains(token.hash) != true
            else { return false }
            if inside.contains(token.hash) { return true }
            if index < titleCount, isTitleCase { return false }
            let isStart = index == 0 || tokens[index - 1].sentence != token.sentence
            guard isStart else { return true }
            return index + 1 < tokens.count && tokens[index + 1].isCapitalized
                && tokens[index + 1].clause == token.clause
        }
    }
}
