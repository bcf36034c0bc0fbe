/// Names of months and zones in dates.
enum FeedDateWords {
    /// The month a lower-case word begins with, in the languages whose short names do not contradict each other.
    static func month(_ word: String) -> Int? {
        if let month = months[String(word.prefix(3))] { return month }
        return months[String(word.prefix(4))] ?? months[word]
    }

    /// Seconds east of UTC of a lower-case zone name. Military letters mean nothing (RFC 2822, 4.3) and are read as UTC.
    static func zone(_ word: String) -> Int? { zones[word].map { $0 * 60 } }

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

    /// Minutes east of UTC.
    private static let zones: [String: Int] = [
        "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "met": 60, "mez": 60,
        "cest": 120, "mest": 120, "mesz": 120, "eet": 120, "sast": 120, "eest": 180, "msk": 180, "msd": 240,
        "pkt": 300, "ist": 330, "ict": 420, "wib": 420, "hkt": 480, "sgt": 480, "awst": 480, "pht": 480,
        "jst": 540, "kst": 540, "acst": 570, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
        "nst": -210, "ndt": -150, "ast": -240, "adt": -180, "brt": -180, "art": -180, "est": -300,
        "edt": -240, "et": -300, "cst": -360, "cdt": -300, "ct": -360, "mst": -420, "mdt": -360, "mt": -420,
        "pst": -480, "pdt": -420, "pt": -480, "akst": -540, "akdt": -480, "hst": -600,
    ]
}
