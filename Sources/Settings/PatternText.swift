/// The pattern syntax of lexicon and topic profiles, as far as a mistake in it can be told.
enum PatternText {
    /// What is wrong with a pattern; nil when it is well formed.
    static func fault(in pattern: String) -> String? {
        // By scalars: characters would make these checks the dearest part of a start.
        let words = pattern.unicodeScalars.split(whereSeparator: isSpace)
        guard let first = words.first, let last = words.last else { return "is blank" }
        if isGap(first) || isGap(last) { return "begins or ends with ~, which stands between words" }
        for word in words where !isGap(word) {
            if word.allSatisfy({ $0 == "*" }) { return "has a * without letters" }
            if word.dropFirst().dropLast().contains("*") { return "has a * inside a word" }
        }
        return nil
    }

    private static func isGap(_ word: Substring.UnicodeScalarView) -> Bool {
        word.first == "~" && word.dropFirst().isEmpty
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar == " " || ("\t"..."\r").contains(scalar) : scalar.properties.isWhitespace
    }
}

extension TableReader {
    /// An array of patterns. Malformed ones are noted and left out.
    mutating func patterns(_ key: String) -> [String] {
        (strings(key) ?? []).compactMap { pattern in
            guard let wrong = PatternText.fault(in: pattern.value) else { return pattern.value }
            fault(pattern.position, "pattern \"\(pattern.value)\" of \(key) \(wrong)")
            return nil
        }
    }

    /// An array of plain words or phrases.
    mutating func words(_ key: String) -> [String] {
        (strings(key) ?? []).map(\.value)
    }

    /// An array of words of a closed list. Unknown ones are noted and left out.
    mutating func terms<Term: RawRepresentable & CaseIterable>(
        _ key: String, of type: Term.Type
    ) -> [Term] where Term.RawValue == String {
        (strings(key) ?? []).compactMap { name in
            if let term = Term(rawValue: name.value) { return term }
            let hint = NearestKey.hint(for: name.value, known: Term.allCases.map(\.rawValue))
            fault(name.position, "unknown word \"\(name.value)\" in \(key) (\(hint))")
            return nil
        }
    }

    /// A name of lower-case letters, digits and hyphens.
    mutating func identifier(_ key: String) -> (value: String, position: SourcePosition)? {
        guard let found = text(key) else {
            if table[key] == nil { missing(key) }
            return nil
        }
        let allowed = found.value.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
        guard allowed, found.value.utf8.count <= 64 else {
            fault(found.position, "\(key) \"\(found.value)\" must be up to 64 of a-z, 0-9 and -")
            return nil
        }
        return found
    }
}
