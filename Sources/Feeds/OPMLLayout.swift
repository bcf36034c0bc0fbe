import Markup

/// How a list is laid out: where a new outline goes so that it looks like its neighbours, and what goes with one
/// that is removed. Removing what was inserted last gives the same bytes again.
struct OPMLLayout: Sendable, Equatable {
    /// What to write, and where.
    struct Insertion {
        /// Replaced by what follows; empty unless an element must be opened first.
        var range: Range<Int>
        /// Before everything.
        var opening: [UInt8] = []
        /// Before each outline.
        var separator: [UInt8] = []
        /// After everything.
        var closing: [UInt8] = []
    }

    private let bytes: [UInt8]
    /// The line end of the list.
    let newline: [UInt8]

    /// One level of indentation.
    let unit = Array("  ".utf8)

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let end = bytes.firstIndex { $0 == 0x0A || $0 == 0x0D }
        newline = end.map { Array(bytes[$0..<Self.lineEnd(at: $0, in: bytes)]) } ?? [0x0A]
    }

    /// Where the next outline of the body or of a group goes. `children` is where its outlines start.
    func insertion(into place: OPMLReading.Place, children: [Int]) -> Insertion {
        let indent = indentation(at: place.startTag.lowerBound)
        let ownLine = indent.map { newline + $0 } ?? []
        let inner = indent == nil ? [] : ownLine + unit
        guard let content = place.content else {
            var slash = place.startTag.upperBound - 2
            while bytes[slash - 1].isMarkupSpace { slash -= 1 }
            let name = bytes[(place.startTag.lowerBound + 1)...].prefix { !$0.isMarkupSpace && $0 != 0x2F }
            return Insertion(
                range: slash..<place.startTag.upperBound, opening: [0x3E], separator: inner,
                closing: ownLine + [0x3C, 0x2F] + name + [0x3E])
        }
        var end = content.upperBound
        while end > content.lowerBound, bytes[end - 1].isMarkupSpace { end -= 1 }
        let separators = children.map { bytes[separator(before: $0)..<$0] }
        // Several may share a line; the next one gets its own if any has.
        if let separator = separators.last(where: Self.holdsLineEnd) ?? separators.last {
            return Insertion(range: end..<end, separator: Array(separator))
        }
        let tailHasLine = Self.holdsLineEnd(bytes[end..<content.upperBound])
        return Insertion(range: end..<end, separator: inner, closing: tailHasLine ? [] : ownLine)
    }

    /// What to cut so that an element goes with its line, or with the space before it where it shares one.
    func removal(of element: Range<Int>) -> Range<Int> {
        let start = separator(before: element.lowerBound)
        let hasLine = Self.holdsLineEnd(bytes[start..<element.lowerBound])
        let rest = bytes[element.upperBound...].first { $0 != 0x20 && $0 != 0x09 }
        let next = bytes[element.upperBound...].prefix { $0 == 0x20 || $0 == 0x09 }.endIndex
        let endsLine = rest == nil || rest == 0x0A || rest == 0x0D || bytes[next...].starts(with: "</".utf8)
        return (hasLine && !endsLine ? element.lowerBound : start)..<element.upperBound
    }

    /// The start of the white space before an element: its line end and indentation, or the spaces before it on
    /// the same line.
    private func separator(before start: Int) -> Int {
        var index = start
        while index > 0, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
        guard index > 0, bytes[index - 1] == 0x0A || bytes[index - 1] == 0x0D else { return index }
        index -= 1
        if bytes[index] == 0x0A, index > 0, bytes[index - 1] == 0x0D { index -= 1 }
        return index
    }

    /// The white space before a tag that is the first on its line; nil for any other.
    func indentation(at start: Int) -> [UInt8]? {
        var index = start
        while index > 0, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
        guard index == 0 || bytes[index - 1] == 0x0A || bytes[index - 1] == 0x0D else { return nil }
        return Array(bytes[index..<start])
    }

    private static func holdsLineEnd(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.contains { $0 == 0x0A || $0 == 0x0D }
    }

    private static func lineEnd(at index: Int, in bytes: [UInt8]) -> Int {
        bytes[index...].starts(with: [0x0D, 0x0A]) ? index + 2 : index + 1
    }

    /// The bytes with this list's line ends.
    func withLineEnds(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x0A || bytes[index] == 0x0D {
                output += newline
                index = Self.lineEnd(at: index, in: bytes)
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return output
    }
}
