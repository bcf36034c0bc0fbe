/// Signs, codes and words of currencies.
enum Currency {
    /// Before or after the number. The longest sign that fits counts.
    static let signs: [(sign: String, code: String)] = [
        ("us$", "USD"), ("hk$", "HKD"), ("nt$", "TWD"), ("a$", "AUD"), ("c$", "CAD"), ("r$", "BRL"),
        ("$", "USD"),
        ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₹", "INR"), ("₽", "RUB"), ("₩", "KRW"), ("₺", "TRY"),
        ("₴", "UAH"),
        ("₪", "ILS"), ("₫", "VND"), ("฿", "THB"), ("₦", "NGN"), ("rp", "IDR"),
    ]
    private static let codes: Set<String> = [
        "usd", "eur", "gbp", "jpy", "cny", "rmb", "inr", "rub", "krw", "try", "uah", "brl", "idr", "chf",
        "cad", "aud",
        "sek", "nok", "dkk", "pln", "czk", "hkd", "twd", "ils", "mxn", "zar",
    ]
    /// Beginnings of words, so that inflected forms fit.
    private static let stems: [(stem: String, code: String)] = [
        ("dollar", "USD"), ("dólar", "USD"), ("dolar", "USD"), ("доллар", "USD"), ("долар", "USD"),
        ("دولار", "USD"),
        ("美元", "USD"), ("美金", "USD"), ("ドル", "USD"), ("米ドル", "USD"), ("달러", "USD"), ("डॉलर", "USD"),
        ("ดอลลาร์", "USD"),
        ("euro", "EUR"), ("евро", "EUR"), ("євро", "EUR"), ("يورو", "EUR"), ("欧元", "EUR"), ("歐元", "EUR"),
        ("ユーロ", "EUR"),
        ("유로", "EUR"), ("pound", "GBP"), ("фунт", "GBP"), ("英镑", "GBP"), ("ポンド", "GBP"), ("yen", "JPY"),
        ("иен", "JPY"),
        ("日元", "JPY"), ("円", "JPY"), ("yuan", "CNY"), ("юан", "CNY"), ("人民币", "CNY"), ("元", "CNY"),
        ("won", "KRW"),
        ("원", "KRW"), ("rubl", "RUB"), ("rouble", "RUB"), ("ruble", "RUB"), ("рубл", "RUB"), ("гривн", "UAH"),
        ("гривен", "UAH"), ("rupee", "INR"), ("रुपय", "INR"), ("रुपए", "INR"), ("rupiah", "IDR"),
        ("lira", "TRY"),
        ("बाट", "THB"), ("บาท", "THB"), ("real", "BRL"), ("reais", "BRL"), ("franken", "CHF"),
    ]

    /// How every sign, code and word begins.
    static let beginnings = signs.map(\.sign) + codes + stems.map(\.stem)

    static func code(word: String) -> String? {
        if codes.contains(word) { return word == "rmb" ? "CNY" : word.uppercased() }
        return stems.first { word.hasPrefix($0.stem) }?.code
    }
}
