import Testing

@testable import Stories

@Suite struct EntityTableTests {
    private let table = EntityTable([
        .init(id: "a", name: "OpenAI", kind: .organization),
        .init(
            id: "b", name: "Sam Altman", kind: .person, aliases: ["Сэм Альтман"],
            short: ["Altman", "Альтман", "奥特曼", "올트먼"]),
    ])
    private let russian = CompiledLanguage(
        LexiconLanguage(language: "ru", nameEndings: ["а", "у", "ом", "е"]))
    private let korean = CompiledLanguage(LexiconLanguage(language: "ko", nameEndings: ["이", "은", "을"]))

    private func found(_ text: String, _ language: CompiledLanguage? = nil) -> [Int] {
        table.mentions(in: Token.tokens(of: text), language: language).map(\.entity)
    }

    @Test func inflectedNamesAreFound() {
        #expect(found("уволил Сэма Альтмана", russian) == [1])
        #expect(found("올트먼이 복귀", korean) == [1])
        #expect(found("OpenAI'ın kurulu") == [0])
    }

    @Test func confusableLettersAreFound() {
        #expect(found("OpenAl") == [0])
        #expect(found("0penAI") == [0])
    }

    @Test func partsOfHyphenatedWordsAreFound() {
        #expect(found("OpenAI-Mitgründer") == [0])
        #expect(found("Microsoft-OpenAI ties") == [0])
    }

    @Test func namesInRunsAreFound() {
        #expect(found("董事会让奥特曼回归") == [1])
    }

    @Test func theLongerNameWins() {
        let mentions = table.mentions(in: Token.tokens(of: "Sam Altman"), language: nil)
        #expect(mentions == [EntityMention(entity: 1, start: 0, end: 2, isShort: false)])
    }

    @Test func otherNamesAreNotFound() {
        #expect(found("Jonas Altmann and Samuel Altmark").isEmpty)
    }
}
