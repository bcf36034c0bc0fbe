import Foundation
import Stories

/// Reads `lexicon/<language>.toml`.
enum LexiconReader {
    /// Every language of a directory, in the order of the file names. The fault of a directory that is not
    /// there belongs to `position` of `referrer`.
    static func read(
        directory: String, referrer: String, position: SourcePosition, faults: FaultCollector
    ) -> [LexiconLanguage] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
            faults.add(referrer, position, "lexicon \(directory): no such directory, or not readable")
            return []
        }
        let files = names.filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }.sorted()
        if files.isEmpty { faults.add(referrer, position, "lexicon \(directory): holds no *.toml") }
        let prefix = directory.hasSuffix("/") ? directory : directory + "/"
        return files.compactMap { name in
            read(path: prefix + name, referrer: referrer, position: position, faults: faults)
        }
    }

    private static func read(
        path: String, referrer: String, position: SourcePosition, faults: FaultCollector
    ) -> LexiconLanguage? {
        guard
            let root = TableReader(
                path: path, referrer: referrer, position: position, what: "lexicon", faults: faults)
        else { return nil }
        return language(root)
    }

    private static func language(_ reader: TableReader) -> LexiconLanguage? {
        var root = reader
        let name = root.text("language")
        if root.table["language"] == nil { root.missing("language") }
        if let name, let stem = root.file.split(separator: "/").last?.dropLast(".toml".count),
            stem != name.value
        {
            root.fault(
                name.position, "language is \"\(name.value)\", must be \"\(stem)\" as the file's name says")
        }
        var language = LexiconLanguage(language: name?.value ?? "")
        language.matching = root.choice("matching", of: LexiconLanguage.Matching.self) ?? .words
        language.nameEndings = root.words("name_endings")
        language.namePrefixes = root.words("name_prefixes")
        language.capitalizesNouns = root.boolean("capitalizes_nouns") ?? false
        language.functionWords = root.words("function_words")
        language.approximate = root.patterns("approximate")
        language.months = sequence("months", count: 12, &root)
        language.weekdays = sequence("weekdays", count: 7, &root)
        language.numbers = values("numbers", &root)
        language.magnitudes = values("magnitudes", &root)
        language.kinds = patterns("kinds", of: EventKind.self, &root)
        language.markers = patterns("markers", of: LexiconMarker.self, &root)
        language.roles = patterns("roles", of: LexiconRole.self, &root)
        root.finish { key in
            if EventKind(rawValue: key) != nil { return "[kinds]" }
            if LexiconMarker(rawValue: key) != nil { return "[markers]" }
            return LexiconRole(rawValue: key) != nil ? "[roles]" : nil
        }
        return name == nil ? nil : language
    }

    /// Names in their order, each in all its forms: "november|nov".
    private static func sequence(
        _ key: String, count: Int, _ root: inout TableReader
    ) -> [[String]] {
        guard let names = root.strings(key), !names.isEmpty else { return [] }
        if let item = root.table[key], names.count != count {
            root.fault(item.position, "\(key) holds \(names.count), must hold \(count), or none")
            return []
        }
        return names.map { name in
            let forms = name.value.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            for form in forms {
                guard let wrong = PatternText.fault(in: form) else { continue }
                root.fault(name.position, "pattern \"\(form)\" of \(key) \(wrong)")
            }
            return forms
        }
    }

    private static func values(_ key: String, _ root: inout TableReader) -> [String: Double] {
        guard let table = root.table(key)?.table else { return [:] }
        var values: [String: Double] = [:]
        for item in table.items {
            guard let value = TableReader.number(item.value), value.isFinite, value >= 0 else {
                root.fault(item.position, "\(key).\(item.key) must be a number, 0 or more")
                continue
            }
            values[item.key] = value
        }
        return values
    }

    private static func patterns<Name: RawRepresentable & CaseIterable & Hashable>(
        _ key: String, of type: Name.Type, _ root: inout TableReader
    ) -> [Name: [String]] where Name.RawValue == String {
        guard var table = root.table(key) else { return [:] }
        var patterns: [Name: [String]] = [:]
        for name in Name.allCases {
            let found = table.patterns(name.rawValue)
            if !found.isEmpty { patterns[name] = found }
        }
        table.finish()
        return patterns
    }
}
