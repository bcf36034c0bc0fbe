/// A table of text for people: columns aligned, cut to the terminal's width.
struct TextTable {
    /// How a column behaves.
    struct Column {
        let title: String
        var isNumber = false
        /// May be cut, down to ``TextTable/minimumFlexibleWidth``, when the table is too wide.
        var isFlexible = false
    }

    /// One field of a row.
    struct Cell {
        let text: String
        var colour: Colour?

        init(_ text: String, _ colour: Colour? = nil) {
            self.text = PrintableText.line(text)
            self.colour = colour
        }
    }

    /// The terminal's own colours, which its user has chosen to be readable.
    enum Colour: Int {
        case red = 31
        case green = 32
        case yellow = 33

        /// The text in this colour.
        func paint(_ text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
    }

    /// A flexible column is never narrower, unless the terminal leaves no choice.
    static let minimumFlexibleWidth = 8
    private static let gap = 2

    let columns: [Column]
    private(set) var rows: [[Cell]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    mutating func add(_ cells: [Cell]) {
        rows.append(cells)
    }

    /// The lines of the table, headings first, none wider than `limit` columns.
    func lines(limit: Int?, usesColour: Bool) -> [String] {
        let widths = widths(limit: limit)
        let heading = line(columns.map { Cell($0.title) }, widths, limit, usesColour: false)
        return [heading] + rows.map { line($0, widths, limit, usesColour: usesColour) }
    }

    private func widths(limit: Int?) -> [Int] {
        var widths = columns.map { PrintableText.width($0.title) }
        for row in rows {
            for (index, cell) in row.enumerated() {
                widths[index] = max(widths[index], PrintableText.width(cell.text))
            }
        }
        guard let limit else { return widths }
        let flexible = columns.indices.filter { columns[$0].isFlexible }
        var excess = widths.reduce(0, +) + Self.gap * (columns.count - 1) - limit
        while excess > 0, let widest = flexible.max(by: { widths[$0] < widths[$1] }),
            widths[widest] > Self.minimumFlexibleWidth
        {
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func line(_ cells: [Cell], _ widths: [Int], _ limit: Int?, usesColour: Bool) -> String {
        var plain = 0
        var result = ""
        for (index, cell) in cells.enumerated() {
            // On a terminal too narrow even for the shortest columns the line simply ends.
            let width = min(widths[index], limit.map { max(0, $0 - plain) } ?? .max)
            guard width > 0 else { break }
            let text = PrintableText.fitting(cell.text, width)
            let padding = String(repeating: " ", count: max(0, width - PrintableText.width(text)))
            let painted = paint(text, usesColour ? cell.colour : nil)
            result += columns[index].isNumber ? padding + painted : painted + padding
            result += String(repeating: " ", count: Self.gap)
            plain += width + Self.gap
        }
        while result.last == " " { result.removeLast() }
        return result
    }

    private func paint(_ text: String, _ colour: Colour?) -> String {
        guard let colour, !text.isEmpty else { return text }
        return colour.paint(text)
    }
}
