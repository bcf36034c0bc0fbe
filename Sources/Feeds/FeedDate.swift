import FoundationEssentials

/// Reads the dates that feeds write: RFC 822 and its usual misreadings, ISO 8601 / W3C, asctime, and numbers with
/// month names of several languages. A hand-written scanner, since formatters cost a hundred times as much.
enum FeedDate {
    /// The instant a text names; nil when it names none. Without a zone it is UTC.
    static func parse(_ text: ArraySlice<UInt8>) -> Date? {
        // Longer texts are prose.
        guard text.count <= 128 else { return nil }
        if let date = common(text) { return date }
        var scanner = Scanner(bytes: text)
        scanner.scan()
        return scanner.date
    }

    /// The two forms that nearly all feeds use, exactly as the standards write them:
    /// `Tue, 02 Jan 2024 02:57:05 +0000` (or a zone of letters) and `2024-01-02T02:57:05Z` (or an offset).
    private static func common(_ text: ArraySlice<UInt8>) -> Date? {
        let start = text.startIndex
        guard text.count >= 20 else { return nil }
        func digits(_ offset: Int, _ count: Int) -> Int? {
            guard offset + count <= text.count else { return nil }
            var value = 0
            for index in (start + offset)..<(start + offset + count) {
                guard text[index].isASCIIDigit else { return nil }
                value = value * 10 + Int(text[index] - 0x30)
            }
            return value
        }
        func at(_ offset: Int) -> UInt8 { offset < text.count ? text[start + offset] : 0 }
        let year, month, day, time: Int
        if at(4) == 0x2D, at(7) == 0x2D, at(10) == 0x54 {
            guard let yearValue = digits(0, 4), let monthValue = digits(5, 2), let dayValue = digits(8, 2)
            else {
                return nil
            }
            (year, month, day, time) = (yearValue, monthValue, dayValue, 11)
        } else if at(3) == 0x2C, at(4) == 0x20, at(7) == 0x20, at(11) == 0x20, at(16) == 0x20 {
            guard let dayValue = digits(5, 2), let yearValue = digits(12, 4),
                let monthValue = englishMonth(at(8), at(9), at(10))
            else { return nil }
            (year, month, day, time) = (yearValue, monthValue, dayValue, 17)
        } else {
            return nil
        }
        guard let hour = digits(time, 2), let minute = digits(time + 3, 2), let second = digits(time + 6, 2),
            at(time + 2) == 0x3A, at(time + 5) == 0x3A, hour < 24, minute < 60, second < 60,
            year >= 1, month >= 1, month <= 12, day >= 1, day <= daysInMonth(month, year)
        else { return nil }
        var zone = time + 8
        if at(zone) == 0x20 { zone += 1 }
        var offset = 0
        let sign = at(zone)
        if sign == 0x2B || sign == 0x2D {
            let hasColon = at(zone + 3) == 0x3A
            guard let hours = digits(zone + 1, 2), let minutes = digits(zone + (hasColon ? 4 : 3), 2),
                hours <= 15, minutes < 60, text.count == zone + (hasColon ? 6 : 5)
            else { return nil }
            offset = (hours * 3_600 + minutes * 60) * (sign == 0x2D ? -1 : 1)
        } else {
            let isUTC = sign == 0x5A && text.count == zone + 1
            let isGMT = sign == 0x47 && at(zone + 1) == 0x4D && at(zone + 2) == 0x54 && text.count == zone + 3
            guard isUTC || isGMT else { return nil }
        }
        let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
        return Date(timeIntervalSince1970: Double(seconds))
    }

    private static func englishMonth(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int? {
        switch (first, second, third) {
        case (0x4A, 0x61, 0x6E): 1
        case (0x46, 0x65, 0x62): 2
        case (0x4D, 0x61, 0x72): 3
        case (0x41, 0x70, 0x72): 4
        case (0x4D, 0x61, 0x79): 5
        case (0x4A, 0x75, 0x6E): 6
        case (0x4A, 0x75, 0x6C): 7
        case (0x41, 0x75, 0x67): 8
        case (0x53, 0x65, 0x70): 9
        case (0x4F, 0x63, 0x74): 10
        case (0x4E, 0x6F, 0x76): 11
        case (0x44, 0x65, 0x63): 12
        default: nil
        }
    }

    /// RFC 3339 in UTC, whole seconds.
    static func format(_ date: Date) -> String {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let (year, month, day) = civil(days)
        let rest = seconds - days * 86_400
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let padding = String(repeating: "0", count: max(0, 4 - "\(year)".count))
        return "\(padding)\(year)-\(two(month))-\(two(day))T\(two(rest / 3_600)):\(two(rest / 60 % 60))"
            + ":\(two(rest % 60))Z"
    }

    /// Days since 1970-01-01 of a Gregorian date (Hinnant, "chrono-compatible low-level date algorithms").
    static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    static func daysInMonth(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// A number as written.
    private struct Number {
        let value: Int
        let digits: Int
        /// The byte after it, 0 at the end.
        let next: UInt8
    }

    private struct Scanner {
        let bytes: ArraySlice<UInt8>
        var index: Int
        var numbers: [Number] = []
        var month: Int?
        /// How many numbers stood before the month's name.
        var numbersBeforeMonth = 0
        var seconds: Int?
        var fraction = 0.0
        var offset = 0
        var hasZone = false

        init(bytes: ArraySlice<UInt8>) {
            self.bytes = bytes
            index = bytes.startIndex
        }

        private func byte(_ at: Int) -> UInt8 {
            at >= bytes.startIndex && at < bytes.endIndex ? bytes[at] : 0
        }

        mutating func scan() {
            while index < bytes.endIndex {
                let current = bytes[index]
                if current.isASCIIDigit {
                    scanNumber()
                } else if current == 0x2B || current == 0x2D, seconds != nil, byte(index + 1).isASCIIDigit {
                    scanOffset()
                } else if current.isASCIILetter || current >= 0x80 {
                    scanWord()
                } else {
                    index += 1
                }
            }
        }

        private mutating func readDigits(_ most: Int) -> (value: Int, count: Int) {
            var value = 0
            var count = 0
            while count < most, byte(index).isASCIIDigit {
                value = value * 10 + Int(bytes[index] - 0x30)
                index += 1
                count += 1
            }
            return (value, count)
        }

        private mutating func scanNumber() {
            let start = index
            let (value, count) = readDigits(14)
            let next = byte(index)
            if next == 0x3A, count <= 2, seconds == nil {
                scanTime(hour: value)
                return
            }
            // Basic ISO 8601: 20031231, 20031231T101416, 20031231101416.
            if numbers.isEmpty, month == nil, count == 8 || count == 14 || count == 12 {
                index = start
                for width in [4, 2, 2] {
                    let part = readDigits(width)
                    numbers.append(Number(value: part.value, digits: part.count, next: 0x2D))
                }
                if count > 8 { scanBasicTime() }
                return
            }
            if byte(start - 1) | 0x20 == 0x74, seconds == nil, count >= 4, count <= 6, !numbers.isEmpty {
                index = start
                scanBasicTime()
                return
            }
            numbers.append(Number(value: value, digits: count, next: next))
        }

        private mutating func scanBasicTime() {
            let hour = readDigits(2).value
            let minute = readDigits(2).value
            setTime(hour, minute, readDigits(2).value)
        }

        private mutating func scanTime(hour: Int) {
            index += 1
            let minute = readDigits(2)
            guard minute.count > 0 else { return }
            var second = 0
            if byte(index) == 0x3A, byte(index + 1).isASCIIDigit {
                index += 1
                second = readDigits(2).value
            }
            if byte(index) == 0x2E || byte(index) == 0x2C, byte(index + 1).isASCIIDigit {
                index += 1
                let part = readDigits(3)
                fraction = Double(part.value) / (part.count == 1 ? 10 : part.count == 2 ? 100 : 1_000)
                while byte(index).isASCIIDigit { index += 1 }
            }
            setTime(hour, minute.value, second)
        }

        private mutating func setTime(_ hour: Int, _ minute: Int, _ second: Int) {
            // 24:00 is the end of a day, 60 a leap second.
            guard hour <= 24, minute < 60, second <= 60 else {
                seconds = -1
                return
            }
            seconds = hour * 3_600 + minute * 60 + second
        }

        private mutating func scanOffset() {
            let sign = bytes[index] == 0x2B ? 1 : -1
            index += 1
            let first = readDigits(4)
            var hours = first.value
            var minutes = 0
            if first.count > 2 {
                hours = first.value / 100
                minutes = first.value % 100
            } else if byte(index) == 0x3A, byte(index + 1).isASCIIDigit {
                index += 1
                minutes = readDigits(2).value
            }
            // A year may follow an asctime without zone: "12:00:00 -2005" is none.
            guard hours <= 15, minutes < 60 else { return }
            offset = sign * (hours * 3_600 + minutes * 60)
            hasZone = true
        }

        private mutating func scanWord() {
            let start = index
            while index < bytes.endIndex, bytes[index].isASCIILetter || bytes[index] >= 0x80 { index += 1 }
            let isShort = index - start <= 2
            let word = FeedDateWords.Word(
                bytes.span, (start - bytes.startIndex)..<(index - bytes.startIndex))
            // The W of ISO 8601's weeks, 2004-W05-1.
            if index - start == 1, bytes[start] | 0x20 == 0x77, numbers.count == 1, byte(index).isASCIIDigit {
                isWeek = true
                return
            }
            if let isAfternoon = FeedDateWords.isAfternoon(word) { return setHalf(isAfternoon: isAfternoon) }
            // A day's name can look like a month's (`mar., 02 janv.`): the one after a number counts.
            if !isShort, month == nil || (numbersBeforeMonth == 0 && !numbers.isEmpty),
                let found = FeedDateWords.month(word)
            {
                month = found
                numbersBeforeMonth = numbers.count
                return
            }
            if seconds != nil, !hasZone, let zone = FeedDateWords.zone(word) {
                offset = zone
                hasZone = true
            }
        }

        /// Moves the time to the half of the day that a word names, before or after the time.
        private mutating func setHalf(isAfternoon: Bool) {
            if let time = seconds {
                if !isAfternoon, time / 3_600 == 12 { seconds = time - 43_200 }
                if isAfternoon, time >= 0, time / 3_600 < 12 { seconds = time + 43_200 }
            }
            self.isAfternoon = isAfternoon && seconds == nil
        }

        private var isAfternoon = false
        /// Whether the numbers are a year, a week and a day of it.
        private var isWeek = false

        /// Year, month and day out of the numbers.
        private var day: (year: Int, month: Int, day: Int)? {
            guard let first = numbers.first else { return nil }
            if let month {
                let others = numbers.filter { $0.digits <= 4 }
                guard let one = others.first else { return nil }
                guard others.count > 1 else {
                    return one.digits == 4 ? (one.value, month, 1) : nil
                }
                let two = others[1]
                return one.digits > 2 ? (one.value, month, two.value) : (Self.year(two), month, one.value)
            }
            if isWeek { return weekDate(first.value) }
            if first.digits == 4 {
                guard numbers.count > 1 else { return (first.value, 1, 1) }
                if numbers.count == 2, numbers[1].digits == 3 {
                    return ordinal(first.value, numbers[1].value)
                }
                return (first.value, numbers[1].value, numbers.count > 2 ? numbers[2].value : 1)
            }
            if first.digits == 7, numbers.count == 1 {
                return ordinal(first.value / 1_000, first.value % 1_000)
            }
            guard numbers.count >= 3 else { return nil }
            let (one, two, year) = (first.value, numbers[1].value, Self.year(numbers[2]))
            // 12/31/2003 is American, 31.12.2003 and 31-12-2003 are not.
            let isMonthFirst = first.next == 0x2F && one <= 12
            return isMonthFirst ? (year, one, two) : (year, two, one)
        }

        /// A day by its week (ISO 8601: weeks start on Monday, and 4 January is in the first); Monday if none is given.
        private func weekDate(_ year: Int) -> (Int, Int, Int)? {
            guard numbers.count > 1 else { return nil }
            let isBasic = numbers[1].digits == 3
            let week = isBasic ? numbers[1].value / 10 : numbers[1].value
            let day = isBasic ? numbers[1].value % 10 : numbers.count > 2 ? numbers[2].value : 1
            guard year <= 9_999, week >= 1, week <= 53, day >= 1, day <= 7 else { return nil }
            let fourth = FeedDate.days(year, 1, 4)
            // 1 January 1970 was a Thursday.
            let daysSinceMonday = ((fourth + 3) % 7 + 7) % 7
            return FeedDate.civil(fourth - daysSinceMonday + (week - 1) * 7 + day - 1)
        }

        private func ordinal(_ year: Int, _ dayOfYear: Int) -> (Int, Int, Int)? {
            guard dayOfYear >= 1, dayOfYear <= 366 else { return nil }
            let (foundYear, month, day) = FeedDate.civil(FeedDate.days(year, 1, 1) + dayOfYear - 1)
            return (foundYear, month, day)
        }

        /// Two digits by RFC 2822, 4.3, with the turn at 70 as POSIX has it; three are years since 1900.
        private static func year(_ number: Number) -> Int {
            switch number.digits {
            case 1, 2: number.value < 70 ? 2_000 + number.value : 1_900 + number.value
            case 3: 1_900 + number.value
            default: number.value
            }
        }

        var date: Date? {
            guard let (year, month, day) = day, year >= 1, year <= 9_999, month >= 1, month <= 12, day >= 1,
                day <= FeedDate.daysInMonth(month, year), seconds != -1
            else { return nil }
            var time = seconds ?? 0
            if isAfternoon, time / 3_600 < 12 { time += 43_200 }
            let whole = FeedDate.days(year, month, day) * 86_400 + time - offset
            return Date(timeIntervalSince1970: Double(whole) + fraction)
        }
    }
}
