import Testing

@testable import Settings

@Suite struct TOMLDocumentTests {
    private func parse(_ text: String) throws -> TOMLDocument {
        try TOMLDocument(parsing: Array(text.utf8))
    }

    @Test func everyKeyAndValueKnowsItsPlace() throws {
        let root = try parse("a = 1\n\n[poll]\n  interval = \"15m\" # why\n").root
        #expect(root.items.map(\.key) == ["a", "poll"])
        guard case .table(let poll)? = root["poll"]?.value, let interval = poll["interval"] else {
            Issue.record("no [poll] interval")
            return
        }
        #expect(root["poll"]?.keyPosition == SourcePosition(line: 3, column: 2))
        #expect(interval.keyPosition == SourcePosition(line: 4, column: 3))
        #expect(interval.position == SourcePosition(line: 4, column: 14))
        #expect(interval.value == .string("15m"))
    }

    @Test func valuesOfEveryKindAreTold() throws {
        let root = try parse(
            "s = 's'\ni = -7\nf = 0.5\nb = true\nd = 2023-11-17T20:28:00Z\nl = 2023-11-17\nt = 07:32:00\n"
                + "a = [1, [2]]\no = {k = 'v'}\n"
        ).root
        #expect(
            root.items.map(\.value.kindName) == [
                "a string", "an integer", "a float", "a boolean", "a date or time", "a date or time",
                "a date or time", "an array", "a table",
            ])
        #expect(root["i"]?.value == .integer(-7))
        #expect(root["f"]?.value == .float(0.5))
        #expect(root["b"]?.value == .boolean(true))
        #expect(root["d"]?.value == .dateTime("2023-11-17T20:28:00Z"))
        #expect(root["l"]?.value == .dateTime("2023-11-17"))
        guard case .array(let elements)? = root["a"]?.value else {
            Issue.record("no array")
            return
        }
        #expect(
            elements.map(\.position) == [
                SourcePosition(line: 8, column: 6), SourcePosition(line: 8, column: 9),
            ])
    }

    @Test func tablesOfAnArrayKeepTheirOrderAndPlace() throws {
        let root = try parse("[[feed]]\nurl = 'b'\n[[feed]]\nurl = 'a'\n").root
        guard case .array(let feeds)? = root["feed"]?.value else {
            Issue.record("no array of tables")
            return
        }
        #expect(feeds.map(\.position.line) == [1, 3])
        #expect(
            feeds.map { item -> TOMLValue? in
                guard case .table(let table) = item.value else { return nil }
                return table["url"]?.value
            } == [.string("b"), .string("a")])
    }

    @Test func columnsCountCodePoints() throws {
        let root = try parse("\"é\" = [\"日本\", 1]\n").root
        guard case .array(let elements)? = root["é"]?.value else {
            Issue.record("no array")
            return
        }
        #expect(elements.map(\.position.column) == [8, 14])
    }

    @Test(arguments: [
        ("a = \n", 1), ("a = 1\na = 2\n", 2), ("[a]\n[a]\n", 2), ("\u{FEFF}x", 1), ("a = \"\u{1}\"", 1),
        ("[[[[", 1), ("[", 1), ("x = [\n1,\n", 2),
    ])
    func syntaxErrorsCarryTheirLine(_ text: String, _ line: Int) {
        #expect {
            try parse(text)
        } throws: { error in
            (error as? TOMLSyntaxError)?.position.line == line
                && (error as? TOMLSyntaxError)?.message.isEmpty == false
        }
    }

    @Test func boundlessNestingIsASyntaxError() {
        #expect(throws: TOMLSyntaxError.self) { try parse("a = " + String(repeating: "[", count: 100_000)) }
        #expect(throws: TOMLSyntaxError.self) { try parse(String(repeating: "[", count: 100_000)) }
    }

    @Test func bytesThatAreNotUTF8AreASyntaxError() {
        #expect(throws: TOMLSyntaxError.self) { try TOMLDocument(parsing: [0x61, 0x3D, 0x22, 0xFF, 0x22]) }
    }

    @Test func emptyTextIsAnEmptyTable() throws {
        #expect(try TOMLDocument(parsing: []).root.items.isEmpty)
    }
}
