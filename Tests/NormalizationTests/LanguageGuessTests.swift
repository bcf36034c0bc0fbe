import Testing

@testable import Normalization

@Suite struct LanguageGuessTests {
    @Test(arguments: [
        ("The harbour was closed after the storm and is to open on Monday", "en"),
        ("Der Hafen wird nach dem Sturm und bei der Flut nicht mehr geöffnet", "de"),
        ("Le port est fermé et les bateaux restent dans la baie pour la nuit", "fr"),
        ("De haven is dicht en het schip ligt op de rede van de stad", "nl"),
        ("Порт закрыт, и суда не могут выйти после шторма", "ru"), ("Порт закрито, її кораблі стоять", "uk"),
        ("港口在台风后关闭，但是船员们还没有离开", "zh-Hans"), ("港口在颱風後關閉，但是船員們還沒有離開", "zh-Hant"),
        ("港は台風のため閉鎖された", "ja"), ("항구가 태풍으로 폐쇄됐다", "ko"), ("أغلق الميناء بعد العاصفة", "ar"),
        ("ท่าเรือปิด", "th"), ("तूफान के बाद बंदरगाह बंद है", "hi"), ("הנמל נסגר", "he"),
    ])
    func languageIsGuessed(_ text: String, _ language: String) {
        #expect(LanguageGuess.guess(text) == language)
    }

    @Test func nothingIsGuessedFromNothing() {
        #expect(LanguageGuess.guess("") == nil)
        #expect(LanguageGuess.guess("12:30 – 14:00 !") == nil)
    }
}
