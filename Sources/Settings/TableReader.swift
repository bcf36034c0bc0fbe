/// Reads one TOML table key by key, notes every fault, and at the end every key that nobody asked for.
///
/// Each reading method returns nil when the key is absent or faulty; a faulty one has been noted.
struct TableReader {
    let table: TOMLTable
    let file: String
    /// Name of the table as a user writes it, e.g. `[poll]`; empty at the top.
    let name: String
    let faults: FaultCollector
    private var known: [String] = []

    init(_ table: TOMLTable, file: String, name: String, faults: FaultCollector) {
        self.table = table
        self.file = file
        self.name = name
        self.faults = faults
    }

    /// The top table of a file; nil after noting why there is none.
    init?(path: String, referrer: String, position: SourcePosition, what: String, faults: FaultCollector) {
        guard
            let bytes = TextFile.read(
                path, referrer: referrer, position: position, what: what, faults: faults)
        else { return nil }
        faults.began(path)
        do {
            let document = try TOMLDocument(parsing: bytes)
            self.init(document.root, file: path, name: "", faults: faults)
        } catch {
            faults.add(path, error.position, error.message)
            return nil
        }
    }

    /// The raw item, whatever its kind.
    mutating func item(_ key: String) -> TOMLItem? {
        known.append(key)
        return table[key]
    }

    mutating func string(_ key: String) -> (value: String, position: SourcePosition)? {
        guard let item = item(key) else { return nil }
        guard case .string(let text) = item.value else {
            wrongType(item, expected: "a string")
            return nil
        }
        return (text, item.position)
    }

    /// A string that is not empty.
    mutating func text(_ key: String) -> (value: String, position: SourcePosition)? {
        guard let found = string(key) else { return nil }
        guard !found.value.isEmpty else {
            fault(found.position, "\(key) is empty")
            return nil
        }
        return found
    }

    mutating func boolean(_ key: String) -> Bool? {
        guard let item = item(key) else { return nil }
        guard case .boolean(let value) = item.value else {
            wrongType(item, expected: "a boolean, true or false")
            return nil
        }
        return value
    }

    mutating func integer(_ key: String, in range: ClosedRange<Int64>) -> Int? {
        guard let item = item(key) else { return nil }
        guard case .integer(let value) = item.value else {
            wrongType(item, expected: "an integer")
            return nil
        }
        guard range.contains(value) else {
            fault(item.position, "\(key) is \(value), must be \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return Int(value)
    }

    /// An integer or a float.
    mutating func number(_ key: String, in range: ClosedRange<Double>) -> Double? {
        guard let item = item(key) else { return nil }
        guard let value = Self.number(item.value) else {
            wrongType(item, expected: "a number")
            return nil
        }
        guard range.contains(value) else {
            fault(item.position, "\(key) is \(value), must be \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    static func number(_ value: TOMLValue) -> Double? {
        switch value {
        case .integer(let value): Double(value)
        case .float(let value): value
        default: nil
        }
    }

    mutating func duration(_ key: String, in range: ClosedRange<Duration>) -> Duration? {
        guard let item = item(key) else { return nil }
        guard case .string(let text) = item.value else {
            wrongType(item, expected: "a duration such as \"15m\"")
            return nil
        }
        guard let value = DurationText.parse(text) else {
            fault(
                item.position,
                "\(key) is not a duration: \"\(text)\" (a whole number and s, m, h or d, such as \"15m\")")
            return nil
        }
        guard range.contains(value) else {
            fault(
                item.position,
                "\(key) is \(text), must be \(DurationText.text(range.lowerBound)) to "
                    + "\(DurationText.text(range.upperBound))")
            return nil
        }
        return value
    }

    /// One of a few words.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of type: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        guard let found = string(key) else { return nil }
        guard let choice = Choice(rawValue: found.value) else {
            let words = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            fault(found.position, "\(key) is \"\(found.value)\", must be one of \(words)")
            return nil
        }
        return choice
    }

    /// An array of strings, none empty. Faulty elements are noted and left out.
    mutating func strings(_ key: String) -> [(value: String, position: SourcePosition)]? {
        guard let item = item(key) else { return nil }
        guard case .array(let elements) = item.value else {
            wrongType(item, expected: "an array of strings")
            return nil
        }
        return elements.compactMap { element in
            guard case .string(let text) = element.value else {
                fault(element.position, "\(key) holds \(element.value.kindName), must hold strings only")
                return nil
            }
            guard !text.isEmpty else {
                fault(element.position, "\(key) holds an empty string")
                return nil
            }
            return (text, element.position)
        }
    }

    /// A table below this one; its reader shares the faults.
    mutating func table(_ key: String) -> TableReader? {
        guard let item = item(key) else { return nil }
        guard case .table(let table) = item.value else {
            wrongType(item, expected: "a table, [\(key)]")
            return nil
        }
        return TableReader(table, file: file, name: "[\(key)]", faults: faults)
    }

    /// The tables of `[[key]]`, in the order of the file.
    mutating func tables(_ key: String) -> [TableReader] {
        guard let item = item(key) else { return [] }
        guard case .array(let elements) = item.value else {
            wrongType(item, expected: "tables, [[\(key)]]")
            return []
        }
        return elements.compactMap { element in
            guard case .table(let table) = element.value else {
                fault(
                    element.position, "\(key) holds \(element.value.kindName), must hold tables, [[\(key)]]")
                return nil
            }
            return TableReader(table, file: file, name: "[[\(key)]]", faults: faults)
        }
    }

    func fault(_ position: SourcePosition, _ message: String) {
        faults.add(file, position, message)
    }

    func wrongType(_ item: TOMLItem, expected: String) {
        fault(item.position, "\(item.key) is \(item.value.kindName), must be \(expected)")
    }

    /// Notes a key that must be there and is not.
    func missing(_ key: String) {
        fault(table.position, "\(name.isEmpty ? "the file" : name) has no \(key)")
    }

    /// Notes every key that no method was asked for. `elsewhere` names the table where a key is known that
    /// is unknown here: a key written below the wrong header is the commonest slip in TOML.
    func finish(elsewhere: (String) -> String? = { _ in nil }) {
        for item in table.items where !known.contains(item.key) {
            let place = name.isEmpty ? "" : " in \(name)"
            let hint =
                elsewhere(item.key).map { "\(item.key) belongs in \($0)" }
                ?? NearestKey.hint(for: item.key, known: known)
            fault(item.keyPosition, "unknown key \"\(item.key)\"\(place) (\(hint))")
        }
    }
}
