import CTOML

/// A place in a text file. Lines and columns count from 1; a column counts code points.
package struct SourcePosition: Sendable, Hashable, Comparable {
    /// From 1.
    package var line: Int
    /// From 1.
    package var column: Int

    /// A place from its line and column.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Reading order.
    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// The first place at which a text is not TOML 1.0.
package struct TOMLSyntaxError: Error, Sendable, Equatable {
    /// Where it was noticed.
    package var position: SourcePosition
    /// One line, as toml++ words it.
    package var message: String
}

/// A value of a TOML document.
package indirect enum TOMLValue: Sendable, Equatable {
    case table(TOMLTable)
    case array([TOMLItem])
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    /// A date, a time, or both, in RFC 3339 form.
    case dateTime(String)

    /// The kind with its article, as a fault names it.
    package var kindName: String {
        switch self {
        case .table: "a table"
        case .array: "an array"
        case .string: "a string"
        case .integer: "an integer"
        case .float: "a float"
        case .boolean: "a boolean"
        case .dateTime: "a date or time"
        }
    }
}

/// A value with its place, and its key when it stands in a table.
package struct TOMLItem: Sendable, Equatable {
    /// Empty for elements of an array.
    package var key: String
    /// Of the key; of the value for elements of an array.
    package var keyPosition: SourcePosition
    /// Of the value.
    package var position: SourcePosition
    /// The value itself.
    package var value: TOMLValue
}

/// Keys and values in the order of the file.
package struct TOMLTable: Sendable, Equatable {
    /// Where the table begins: its header, its brace, or the first key that implies it.
    package var position: SourcePosition
    /// Sorted by the key's position; keys are unique (TOML refuses a second one).
    package var items: [TOMLItem]

    /// The item of a key.
    package subscript(key: String) -> TOMLItem? {
        items.first { $0.key == key }
    }
}

/// A TOML text as a tree of values that know where they stand in the file.
package struct TOMLDocument: Sendable, Equatable {
    /// The top table.
    package var root: TOMLTable

    /// Parses TOML 1.0. Throws at the first syntax error, which includes a key given twice and invalid UTF-8.
    package init(parsing text: [UInt8]) throws(TOMLSyntaxError) {
        let document = text.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { ctoml_parse($0.baseAddress, $0.count) }
        }
        guard let document else {
            throw TOMLSyntaxError(position: SourcePosition(line: 1, column: 1), message: "out of memory")
        }
        defer { ctoml_free(document) }
        var line: UInt32 = 0
        var column: UInt32 = 0
        if let message = ctoml_error(document, &line, &column) {
            throw TOMLSyntaxError(
                position: SourcePosition(line: max(1, Int(line)), column: max(1, Int(column))),
                message: String(cString: message).split(whereSeparator: \.isNewline).joined(separator: " "))
        }
        root = Self.tree(of: UnsafeBufferPointer(start: ctoml_nodes(document), count: ctoml_count(document)))
    }

    /// Parents come before their children in `nodes`, so one pass from the end finds every node's children
    /// complete when the node itself is reached.
    private static func tree(of nodes: UnsafeBufferPointer<CTOMLNode>) -> TOMLTable {
        var children = [[TOMLItem]](repeating: [], count: nodes.count)
        for index in nodes.indices.reversed() where nodes[index].parent >= 0 {
            let node = nodes[index]
            let position = SourcePosition(line: Int(node.line), column: Int(node.column))
            let keyPosition =
                node.key == nil
                ? position : SourcePosition(line: Int(node.key_line), column: Int(node.key_column))
            let item = TOMLItem(
                key: text(node.key, node.key_length), keyPosition: keyPosition, position: position,
                value: value(of: node, position: position, children: children[index]))
            children[index] = []
            children[Int(node.parent)].append(item)
        }
        return table(at: SourcePosition(line: 1, column: 1), children: children.first ?? [])
    }

    private static func value(of node: CTOMLNode, position: SourcePosition, children: [TOMLItem]) -> TOMLValue
    {
        switch Int(node.kind) {
        case CTOML_TABLE: .table(table(at: position, children: children))
        case CTOML_ARRAY: .array(children.reversed())
        case CTOML_STRING: .string(text(node.text, node.text_length))
        case CTOML_INTEGER: .integer(node.integer)
        case CTOML_FLOAT: .float(node.real)
        case CTOML_BOOLEAN: .boolean(node.integer != 0)
        default: .dateTime(text(node.text, node.text_length))
        }
    }

    private static func table(at position: SourcePosition, children: [TOMLItem]) -> TOMLTable {
        TOMLTable(position: position, items: children.sorted { $0.keyPosition < $1.keyPosition })
    }

    private static func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
        guard let start else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
}
