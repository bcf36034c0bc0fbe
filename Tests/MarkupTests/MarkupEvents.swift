import Foundation
import FoundationXML
import Markup

/// What a document says, as our tokenizer and as libxml2 (Foundation's `XMLParser`) read it: `<name key=“value”…`,
/// `>name` and `text …`, adjacent texts as one.
enum MarkupEvents {
    /// As ours reads it, `chunk` bytes at a time.
    static func ours(_ bytes: [UInt8], chunk: Int = .max) -> [String] {
        var tokenizer = MarkupTokenizer(syntax: .xml)
        var events = EventList()
        for start in stride(from: 0, to: bytes.count, by: min(chunk, max(1, bytes.count))) {
            tokenizer.append(Array(bytes[start..<min(bytes.count, start + min(chunk, bytes.count))]))
            drain(&tokenizer, into: &events)
        }
        tokenizer.end()
        drain(&tokenizer, into: &events)
        return events.finished()
    }

    private static func drain(_ tokenizer: inout MarkupTokenizer, into events: inout EventList) {
        while let token = tokenizer.next() {
            let inside = String(decoding: tokenizer.bytes[token.range], as: UTF8.self)
            switch token.kind {
            case .text: events.add(text: decoded(tokenizer.bytes, token.range, &tokenizer))
            case .cdata: events.add(text: Array(tokenizer.bytes[token.range]))
            case .endTag: events.add(">\(inside)")
            case .startTag:
                var values: [String: String] = [:]
                for attribute in tokenizer.attributes {
                    let name = String(decoding: tokenizer.bytes[attribute.name], as: UTF8.self)
                    let value = decoded(attributeValue: attribute.value, &tokenizer)
                    values[name] = String(decoding: value, as: UTF8.self)
                }
                events.add(start: inside, values)
                if token.isSelfClosing { events.add(">\(inside)") }
            }
        }
    }

    /// White space in a value is spaces (XML 1.0, 3.3.3), which the tokenizer leaves to its caller.
    private static func decoded(
        attributeValue range: Range<Int>, _ tokenizer: inout MarkupTokenizer
    ) -> [UInt8] {
        let value = tokenizer.bytes[range].map { $0.isMarkupSpace ? 0x20 : $0 }
        return decoded(value, 0..<value.count, &tokenizer)
    }

    private static func decoded(
        _ bytes: [UInt8], _ range: Range<Int>, _ tokenizer: inout MarkupTokenizer
    ) -> [UInt8] {
        var output: [UInt8] = []
        CharacterReferences.decode(
            bytes, in: range, context: .xml, entities: &tokenizer.entities, into: &output)
        return output
    }

    /// As libxml2 reads it; nil when it is not well-formed to it.
    static func libxml2(_ bytes: [UInt8]) -> [String]? {
        let parser = XMLParser(data: Data(bytes))
        let reader = Reader()
        parser.delegate = reader
        return parser.parse() ? reader.events.finished() : nil
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var events = EventList()

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String] = [:]
        ) { events.add(start: name, attributes) }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) { events.add(">\(name)") }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            events.add(text: Array(string.utf8))
        }

        func parser(_ parser: XMLParser, foundCDATA block: Data) {
            events.add(text: Array(block))
        }
    }
}

/// Events with adjacent texts as one.
struct EventList {
    private var events: [String] = []
    /// As bytes, since a piece may end inside a character.
    private var text: [UInt8] = []
    private var depth = 0

    mutating func add(text more: [UInt8]) { if depth > 0 { text += more } }

    mutating func add(start name: String, _ attributes: [String: String]) {
        // libxml2 keeps declarations of namespaces apart from attributes.
        let sorted = attributes.filter { !$0.key.hasPrefix("xmlns") }.sorted { $0.key < $1.key }
        add("<\(name)" + sorted.map { " \($0.key)=“\($0.value)”" }.joined())
    }

    mutating func add(_ event: String) {
        depth += event.hasPrefix("<") ? 1 : -1
        if !text.isEmpty { events.append("text \(String(decoding: text, as: UTF8.self))") }
        text = []
        events.append(event)
    }

    func finished() -> [String] { events }
}
