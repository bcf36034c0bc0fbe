/// Guesses the language of a text that declares none.
package enum LanguageGuess {
    /// Primary BCP 47 tag (`zh-Hans` and `zh-Hant` apart), by script and then by the commonest words; nil if nothing
    /// speaks for any language. Reads the first 2,000 characters.
    package static func guess(_ text: String) -> String? {
        let tokens = Tokenizer.tokenize(String(text.prefix(2000))).words
        var letters = [Script: Int]()
        for word in tokens { letters[word.script, default: 0] += word.text.unicodeScalars.count }
        letters[.common] = nil
        // Kana make a text Japanese however many Han characters there are.
        let kana = tokens.contains { word in
            word.script.isUnseparated
                && word.text.unicodeScalars.contains { (0x3041...0x30FA).contains($0.value) }
        }
        let main = letters.max {
            $0.value != $1.value ? $0.value < $1.value : $0.key.rawValue > $1.key.rawValue
        }
        guard let script = main?.key else { return nil }
        switch script {
        case .han, .kana: return kana ? "ja" : chinese(tokens)
        case .hangul: return "ko"
        case .thai: return thai(text)
        case .hebrew: return "he"
        case .greek: return "el"
        case .devanagari: return best(tokens, among: ["hi", "mr", "ne"]) ?? "hi"
        case .arabic: return letter(text, in: "ٹڈڑےں") ? "ur" : letter(text, in: "پچژگی") ? "fa" : "ar"
        case .cyrillic:
            return letter(text, in: "їєґ")
                ? "uk"
                : letter(text, in: "ђћџњљ") ? "sr" : best(tokens, among: ["ru", "uk", "bg", "sr"]) ?? "ru"
        case .latin: return best(tokens, among: latin)
        case .common, .other: return nil
        }
    }

    private static let latin = words.keys.filter { !["ru", "uk", "bg", "sr", "hi", "mr", "ne"].contains($0) }
        .sorted()

    private static func letter(_ text: String, in letters: String) -> Bool {
        text.prefix(2000).unicodeScalars.contains { letters.unicodeScalars.contains($0) }
    }

    private static func thai(_ text: String) -> String {
        for scalar in text.prefix(2000).unicodeScalars {
            switch scalar.value {
            case 0x0E80..<0x0F00: return "lo"
            case 0x1000..<0x10A0: return "my"
            case 0x1780..<0x1800: return "km"
            case 0x0E00..<0x0E80: return "th"
            default: continue
            }
        }
        return "th"
    }

    /// By characters that only one of the two orthographies has.
    private static func chinese(_ tokens: [Word]) -> String {
        let simplified = Set("们这国会来对时为发经后说开关动员个与从东车书长门问间马见让认请报电脑两严将".unicodeScalars)
        let traditional = Set("們這國會來對時為發經後說開關動員個與從東車書長門問間馬見讓認請報電腦兩嚴將".unicodeScalars)
        var balance = 0
        for scalar in tokens.lazy.flatMap(\.text.unicodeScalars) {
            balance += (simplified.contains(scalar) ? 1 : 0) - (traditional.contains(scalar) ? 1 : 0)
        }
        return balance < 0 ? "zh-Hant" : "zh-Hans"
    }

    private static func best(_ tokens: [Word], among languages: [String]) -> String? {
        var best: (language: String, hits: Int)?
        for language in languages {
            guard let common = words[language] else { continue }
            let hits = tokens.reduce(0) {
                $0 + (common.contains($1.lower) || common.contains($1.stem) ? 1 : 0)
            }
            if hits > best?.hits ?? 0 { best = (language, hits) }
        }
        return best?.language
    }

    private static let words: [String: Set<String>] = [
        "en": [
            "the", "of", "and", "to", "in", "is", "that", "for", "was", "with", "on", "at", "by", "from",
            "has", "his", "it", "after",
        ],
        "de": [
            "der", "die", "das", "und", "ist", "den", "von", "zu", "mit", "nicht", "ein", "eine", "auf", "im",
            "dem", "bei", "nach", "wird",
        ],
        "fr": [
            "le", "la", "les", "de", "des", "et", "est", "une", "un", "du", "pour", "dans", "que", "qui",
            "sur", "au", "pas", "il",
        ],
        "es": [
            "el", "la", "los", "las", "de", "que", "y", "en", "un", "una", "del", "por", "con", "para", "su",
            "al", "se", "más",
        ],
        "pt": [
            "o", "a", "os", "as", "de", "que", "e", "do", "da", "em", "um", "uma", "no", "na", "para", "com",
            "não", "ao",
        ],
        "it": [
            "il", "la", "di", "che", "e", "in", "un", "una", "del", "della", "per", "con", "non", "è", "sono",
            "gli", "nel", "dei",
        ],
        "nl": [
            "de", "het", "een", "van", "en", "is", "dat", "op", "te", "in", "voor", "met", "niet", "zijn",
            "door", "bij", "naar", "ook",
        ],
        "id": [
            "yang", "dan", "di", "dari", "untuk", "dengan", "ini", "itu", "pada", "tidak", "akan", "ke",
            "oleh", "dalam", "telah", "sebagai",
        ],
        "tr": [
            "ve", "bir", "bu", "için", "ile", "da", "de", "olarak", "sonra", "olan", "çok", "daha", "ne",
            "gibi", "kadar", "dedi",
        ],
        "pl": [
            "i", "w", "na", "z", "do", "się", "nie", "że", "o", "jest", "to", "po", "przez", "od", "za",
            "jak",
        ],
        "sv": [
            "och", "i", "att", "det", "som", "en", "på", "är", "av", "för", "med", "den", "till", "inte",
            "har", "ett",
        ],
        "da": [
            "og", "i", "at", "det", "som", "en", "på", "er", "af", "for", "med", "den", "til", "ikke", "har",
            "et", "efter",
        ],
        "no": [
            "og", "i", "at", "det", "som", "en", "på", "er", "av", "for", "med", "den", "til", "ikke", "har",
            "et", "etter",
        ],
        "fi": [
            "ja", "on", "ei", "että", "oli", "se", "hän", "mutta", "myös", "kun", "joka", "ovat", "mukaan",
            "sekä",
        ],
        "cs": [
            "a", "v", "se", "na", "je", "že", "s", "z", "do", "o", "ve", "pro", "po", "by", "jako", "podle",
        ],
        "hu": [
            "a", "az", "és", "hogy", "nem", "is", "egy", "volt", "ez", "meg", "csak", "szerint", "már",
            "után",
        ],
        "ro": [
            "și", "de", "la", "în", "a", "cu", "pe", "din", "nu", "care", "pentru", "este", "un", "o", "că",
            "după",
        ],
        "vi": [
            "và", "của", "là", "có", "trong", "được", "cho", "các", "với", "không", "một", "đã", "người",
            "những", "này",
        ],
        "ru": [
            "и", "в", "не", "на", "что", "с", "по", "из", "как", "это", "его", "для", "от", "к", "после",
            "был",
        ],
        "uk": [
            "і", "в", "у", "не", "на", "що", "з", "та", "до", "як", "це", "його", "для", "від", "за", "після",
        ],
        "bg": ["и", "в", "на", "да", "се", "за", "от", "с", "че", "е", "не", "са", "по", "като", "след"],
        "sr": ["и", "у", "на", "је", "да", "се", "за", "од", "са", "не", "су", "као", "после", "који"],
        "hi": ["के", "में", "की", "है", "को", "से", "का", "और", "ने", "पर", "हैं", "कि", "यह", "था"],
        "mr": ["आहे", "आणि", "च्या", "या", "ते", "होते", "झाले", "नाही", "आहेत", "केले"],
        "ne": ["छ", "र", "को", "मा", "ले", "हो", "छन्", "गरेको", "भएको", "पनि"],
    ]
}
