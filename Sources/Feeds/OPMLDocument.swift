import Markup

/// A list of feeds as its file has it. What is changed is changed in place; every other byte stays as it is:
/// comments, attributes of other programs, line ends, encoding.
package struct OPMLDocument: Sendable, Equatable {
    /// A feed to be written into a list.
    package struct NewFeed: Sendable, Hashable {
        /// Address of the feed.
        package var xmlURL: String
        /// Name for people; nil: its address.
        package var title: String?
        /// Address of the site.
        package var htmlURL: String?
        /// Language, BCP 47.
        package var language: String?

        /// A feed; what is left out is not written.
        package init(xmlURL: String, title: String? = nil, htmlURL: String? = nil, language: String? = nil) {
            self.xmlURL = xmlURL
            self.title = title
            self.htmlURL = htmlURL
            self.language = language
        }
    }

    /// The file.
    package let bytes: [UInt8]

    let reading: OPMLReading
    let encoding: TextEncoding
    /// Bytes of the byte order mark.
    let markLength: Int
    private let body: OPMLReading.Place
    private let layout: OPMLLayout

    /// Reads a list that is to be written. Unlike `OPML.parse`, which makes the best of what it gets, throws the
    /// first place that is not well-formed XML, and refuses an encoding that markup cannot be written into.
    package init(_ bytes: [UInt8]) throws(OPMLError) {
        let finding = EncodingDetector.detect(bytes, charset: nil, isWhole: true)
        encoding = finding?.encoding ?? .utf8
        markLength = finding?.markLength ?? 0
        guard encoding.leavesMarkupAlone else {
            throw OPMLError(
                line: 1, column: 1,
                message: "lists in \(encoding.name) cannot be changed: convert it to UTF-8 "
                    + "(iconv -f \(encoding.name) -t UTF-8, and encoding=\"UTF-8\" in its first line)")
        }
        if let label = finding?.ignoredLabel {
            throw OPMLError(
                line: 1, column: 1, message: "the encoding \"\(label)\" is not known, or not that of the file"
            )
        }
        do {
            try WellFormedness.check(Array(bytes[markLength...]), isUTF8: encoding.isUTF8)
        } catch {
            throw OPMLError(line: error.line, column: error.column, message: error.message)
        }
        let reading = try OPMLReading(bytes, from: markLength, encoding: encoding)
        guard let body = reading.body else {
            throw OPMLError(line: 1, column: 1, message: "not a list of feeds: no <body> element")
        }
        self.bytes = bytes
        self.reading = reading
        self.body = body
        layout = OPMLLayout(bytes)
    }

    /// A list without feeds.
    package static func empty(title: String) throws(OPMLError) -> OPMLDocument {
        let title = String(decoding: XMLText.escaped(title), as: UTF8.self)
        return try OPMLDocument(
            Array(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <opml version="2.0">
                  <head>
                    <title>\(title)</title>
                  </head>
                  <body>
                  </body>
                </opml>

                """.utf8))
    }

    /// Every outline with a feed, in document order.
    package var feeds: [OPML.Outline] { reading.elements.filter(\.isFeed).map(\.outline) }

    /// Whether nothing would be lost with it: neither an outline nor a comment.
    package var isEmpty: Bool {
        reading.elements.isEmpty && !String(decoding: bytes, as: UTF8.self).contains("<!--")
    }

    // MARK: Changes

    /// Writes a feed as the last one of the first group called `group`, else at the end of the list. A group that
    /// is not there yet is made.
    package mutating func add(_ feed: NewFeed, toGroup group: String? = nil) throws(OPMLError) {
        let outline = outline(feed)
        guard let group else { return try insert(outline, into: body) }
        let known = reading.elements.filter { !$0.isFeed && $0.outline.title == group }
        if let place = known.min(by: { $0.outline.groups.count < $1.outline.groups.count })?.place {
            return try insert(outline, into: place)
        }
        let name = XMLText.escaped(group, isUTF8: encoding.isUTF8)
        let start =
            Array("<outline text=\"".utf8) + name + Array("\" title=\"".utf8) + name + Array("\">".utf8)
        let insertion = layout.insertion(into: body, children: children(of: body))
        let inner = insertion.separator.isEmpty ? [] : insertion.separator + layout.unit
        try insert(start + inner + outline + insertion.separator + Array("</outline>".utf8), into: body)
    }

    /// Removes every feed that `isUnwanted`, and returns them. A feed that holds other outlines stays as a group.
    /// `pruning` takes the groups along that hold no feed any more, if they held one.
    @discardableResult
    package mutating func remove(
        pruning: Bool = false, where isUnwanted: (OPML.Outline) -> Bool
    ) throws(OPMLError) -> [OPML.Outline] {
        let elements = reading.elements
        let unwanted = elements.indices.filter { elements[$0].isFeed && isUnwanted(elements[$0].outline) }
        guard !unwanted.isEmpty else { return [] }
        let parents = Set(elements.compactMap(\.parent))
        var gone = Set(unwanted.filter { !parents.contains($0) })
        if pruning { gone.formUnion(emptied(by: Set(unwanted))) }
        var cuts = unwanted.filter { !gone.contains($0) }.flatMap { elements[$0].addresses }
        cuts += gone.map { layout.removal(of: elements[$0].place.whole) }
        try replace(Self.outermost(cuts).map { ($0, []) })
        return unwanted.map { elements[$0].outline }
    }

    /// Groups around unwanted feeds that hold no other one.
    private func emptied(by unwanted: Set<Int>) -> Set<Int> {
        var touched: Set<Int> = []
        var needed: Set<Int> = []
        for (index, element) in reading.elements.enumerated() where element.isFeed {
            let isUnwanted = unwanted.contains(index)
            // An unwanted feed with children is a group from now on, emptied as any other.
            if isUnwanted { touched.insert(index) } else { needed.insert(index) }
            var around = element.parent
            while let group = around {
                if isUnwanted { touched.insert(group) } else { needed.insert(group) }
                around = reading.elements[group].parent
            }
        }
        return touched.subtracting(needed)
    }

    /// Writes everything in the other list's body behind what stands in this one's: outlines with all their
    /// attributes, comments, and the namespaces they need. The other list's head stays behind.
    ///
    /// Throws when this list is not in UTF-8 and the other one has a comment that its encoding might not hold.
    package mutating func append(bodyOf other: OPMLDocument) throws(OPMLError) {
        let separator = layout.insertion(into: body, children: children(of: body)).separator
        let fragment = try OPMLFragment.body(of: other, for: self, separator: separator)
        if !fragment.isEmpty { try insert(layout.withLineEnds(fragment), into: body) }
    }

    // MARK: In place

    private func outline(_ feed: NewFeed) -> [UInt8] {
        let title = feed.title ?? feed.xmlURL
        let attributes = [
            ("type", "rss"), ("text", title), ("title", title), ("xmlUrl", feed.xmlURL),
            ("htmlUrl", feed.htmlURL), ("language", feed.language),
        ]
        var output = Array("<outline".utf8)
        for case (let name, let value?) in attributes {
            output += Array(" \(name)=\"".utf8) + XMLText.escaped(value, isUTF8: encoding.isUTF8)
            output.append(0x22)
        }
        return output + Array("/>".utf8)
    }

    /// Where the outlines directly within start, in their order.
    private func children(of place: OPMLReading.Place) -> [Int] {
        guard let content = place.content else { return [] }
        var last: Range<Int>?
        return reading.elements.compactMap { element in
            let start = element.place.whole.lowerBound
            guard content.contains(start), last?.contains(start) != true else { return nil }
            last = element.place.whole
            return start
        }
    }

    private mutating func insert(_ text: [UInt8], into place: OPMLReading.Place) throws(OPMLError) {
        let insertion = layout.insertion(into: place, children: children(of: place))
        let written = insertion.opening + insertion.separator + text + insertion.closing
        try replace([(insertion.range, written)])
    }

    /// Puts other bytes in the place of ranges that do not overlap, and reads the result.
    private mutating func replace(_ edits: [(range: Range<Int>, text: [UInt8])]) throws(OPMLError) {
        var output: [UInt8] = []
        var copied = 0
        for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            output += bytes[copied..<edit.range.lowerBound] + edit.text
            copied = edit.range.upperBound
        }
        self = try OPMLDocument(output + bytes[copied...])
    }

    /// Without those that lie within others.
    private static func outermost(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }) {
            if let last = result.last, last.upperBound > range.lowerBound { continue }
            result.append(range)
        }
        return result
    }
}
