import Markup

/// Names of months and zones in dates.
enum FeedDateWords {
    /// A word of a date: as numbers where it is ASCII, which nearly all are, else as text.
    enum Word {
        case ascii(MarkupName, first3: MarkupName, first4: MarkupName)
        case other(String)

        /// The word at a range, in lower case.
        init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
            if bytes.isASCII(range) {
                self = .ascii(
                    MarkupName(bytes, range).lowered, first3: MarkupName(bytes, range.prefix(3)).lowered,
                    first4: MarkupName(bytes, range.prefix(4)).lowered)
            } else {
                let text = bytes.extracting(range).withUnsafeBufferPointer {
                    String(decoding: $0, as: UTF8.self)
                }
                self = .other(text.lowercased())
            }
        }
    }

    /// The month a word begins with, in the languages whose short names do not contradict each other.
    static func month(_ word: Word) -> Int? {
        switch word {
        case .ascii(let whole, let first3, let first4):
            asciiMonths[first3] ?? asciiMonths[first4] ?? asciiMonths[whole]
        case .other(let text):
            months[String(text.prefix(3))] ?? months[String(text.prefix(4))] ?? months[text]
        }
    }

    /// Seconds east of UTC of a zone's name. Military letters mean nothing (RFC 2822, 4.3) and are read as UTC.
    static func zone(_ word: Word) -> Int? {
        guard case .ascii(let name, _, _) = word else { return nil }
        return zones[name].map { $0 * 60 }
    }

    /// Whether a word says that hours are those of an afternoon, or that they are not; nil for other words.
    static func isAfternoon(_ word: Word) -> Bool? {
        switch word {
        case .ascii("am", _, _), .other("오전"), .other("上午"): false
        case .ascii("pm", _, _), .other("오후"), .other("下午"): true
        default: nil
        }
    }

    private static let months: [String: Int] = {
        let names = [
            // English, German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Polish, Czech,
            // Hungarian, Turkish, Russian, Ukrainian, Greek.
            "jan ene gen sty led oca янв січ ιαν", "feb fév fev lut úno şub фев лют φεβ φεύ",
            "mar mär mrt már břez мар бер μάρ μαρ", "apr avr abr kwi dub ápr nis апр кві απρ",
            "may mai mag mei maj kvě máj мая май тра μάϊ μαϊ μάι μαι μαΐ",
            "jun juin giu cze červn jún haz июн чер ιού ιον ιουν",
            "jul juil lug lip července júl tem июл лип ιολ ιουλ",
            "aug aoû aou ago sie srp ağu авг сер αύγ αυγ",
            "sep set wrz září szept eyl сен вер σεπ", "oct okt ott out paź říj eki окт жов οκτ",
            "nov lis kas ноя лис νοέ νοε", "dec déc dez dic dis gru pro ara дек гру δεκ",
        ]
        var table: [String: Int] = [:]
        for (index, line) in names.enumerated() {
            for name in line.split(separator: " ") where table[String(name)] == nil {
                table[String(name)] = index + 1
            }
        }
        return table
    }()

    private static let asciiMonths = Dictionary(
        uniqueKeysWithValues: months.lazy.filter { $0.key.utf8.allSatisfy { $0 < 0x80 } }
            .map { (MarkupName($0.key), $0.value) })

    /// Minutes east of UTC.
    private static let zones: [MarkupName: Int] = [
        "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "met": 60, "mez": 60,
        "cest": 120, "mest": 120, "mesz": 120, "eet": 120, "sast": 120, "eest": 180, "msk": 180, "msd": 240,
        "pkt": 300, "ist": 330, "ict": 420, "wib": 420, "hkt": 480, "sgt": 480, "awst": 480, "pht": 480,
        "jst": 540, "kst": 540, "acst": 570, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
        "nst": -210, "ndt": -150, "ast": -240, "adt": -180, "brt": -180, "art": -180, "est": -300,
        "edt": -240, "et": -300, "cst": -360, "cdt": -300, "ct": -360, "mst": -420, "mdt": -360, "mt": -420,
        "pst": -480, "pdt": -420, "pt": -480, "akst": -540, "akdt": -480, "hst": -600,
    ]
}
