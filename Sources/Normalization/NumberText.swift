import CUnicode

/// Values of figures in the conventions of different languages.
enum NumberText {
    static func digit(_ scalar: Unicode.Scalar) -> Int? {
        let value = scalar.value
        if value < 0x80 { return (0x30...0x39).contains(value) ? Int(value - 0x30) : nil }
        let digit = cunicode_digit(value)
        return digit >= 0 && scalar.properties.generalCategory == .decimalNumber ? Int(digit) : nil
    }

    static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        digit(scalar) != nil || [".", ",", "'", "\u{066B}", "\u{066C}"].contains(scalar)
    }

    /// Value of digits with separators. Of two kinds the last is the decimal one; one kind that occurs once before
    /// exactly three digits groups thousands, for news says 3.500 far more often than three and a half; else it is
    /// decimal. nil without digits or beyond what a double holds.
    static func value(_ text: String) -> Double? {
        let scalars = Array(text.unicodeScalars)
        let separators = scalars.indices.filter { digit(scalars[$0]) == nil }
        var decimal: Int?
        if let last = separators.last {
            let kinds = Set(separators.map { scalars[$0] })
            let after = scalars.count - last - 1
            let before = last - (separators.dropLast().last.map { $0 + 1 } ?? 0)
            let mark = scalars[last]
            if mark == "\u{066B}" {
                decimal = last
            } else if mark == "'" || mark == "\u{066C}" {
                decimal = nil
            } else if kinds.count > 1 {
                decimal = last
            } else if separators.count == 1 {
                let groups = after == 3 && (1...3).contains(before) && scalars.first != "0"
                decimal = groups ? nil : last
            }
        }
        var value = 0.0
        var scale = 1.0
        var hasDigits = false
        for index in scalars.indices {
            guard let digit = digit(scalars[index]) else { continue }
            hasDigits = true
            if let decimal, index > decimal {
                scale /= 10
                value += Double(digit) * scale
            } else {
                value = value * 10 + Double(digit)
            }
        }
        guard hasDigits, value.isFinite else { return nil }
        // 86.4 as the nearest double rather than as a sum of tenths.
        if let decimal {
            let places = Double(scalars.count - decimal - 1)
            if places <= 9 {
                var power = 1.0
                for _ in 0..<Int(places) { power *= 10 }
                return (value * power).rounded() / power
            }
        }
        return value
    }

    /// Value of a Chinese, Japanese or Korean numeral character, else nil.
    static func numeral(_ scalar: Unicode.Scalar) -> Double? {
        switch scalar {
        case "〇", "零": 0
        case "一": 1
        case "二", "两", "兩": 2
        case "三": 3
        case "四": 4
        case "五": 5
        case "六": 6
        case "七": 7
        case "八": 8
        case "九": 9
        case "十", "십": 10
        case "百", "백": 100
        case "千", "천": 1000
        case "万", "萬", "만": 1e4
        case "亿", "億", "억": 1e8
        case "兆", "조": 1e12
        default: nil
        }
    }

    /// Value of a run of numerals, multiplying the figures `after` which it stands (770 in 770万), if any.
    static func value(numerals: [Unicode.Scalar], after figures: Double?) -> Double? {
        guard !numerals.isEmpty else { return nil }
        var total = 0.0
        var section = 0.0
        var current = figures
        for scalar in numerals {
            guard let value = numeral(scalar) else { return nil }
            if value >= 1e4 {
                section += current ?? 0
                total += (section == 0 ? 1 : section) * value
                section = 0
                current = nil
            } else if value >= 10 {
                section += (current ?? 1) * value
                current = nil
            } else {
                // 二〇二三: digits side by side are read as figures.
                current = (current ?? 0) * (current == nil ? 1 : 10) + value
            }
        }
        return total + section + (current ?? 0)
    }
}
