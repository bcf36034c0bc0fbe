import Foundation
import FoundationXML

/// What Foundation's own parser, which shares nothing with ours, sees in the body of a list: elements with their
/// namespaces, attributes, texts, comments, instructions.
final class XMLEvents: NSObject, XMLParserDelegate {
    private var events: [String] = []
    private var depth = 0
    private var text = ""

    /// The events inside `body`, white space between elements left out. Throws what the parser complains of.
    static func body(of bytes: [UInt8]) throws -> [String] {
        let parser = XMLParser(data: Data(bytes))
        let events = XMLEvents()
        parser.delegate = events
        parser.shouldProcessNamespaces = true
        guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
        return events.events
    }

    private var isInBody: Bool { depth > 0 }

    private func note(_ event: String) {
        let seen = text.trimmingCharacters(in: .whitespacesAndNewlines)
        text = ""
        guard isInBody else { return }
        if !seen.isEmpty { events.append("text \(seen)") }
        events.append(event)
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        let sorted = attributes.filter { !$0.key.hasPrefix("xmlns") }.sorted { $0.key < $1.key }
        note("<{\(namespaceURI ?? "")}\(name) \(sorted.map { "\($0.key)=“\($0.value)”" })")
        if isInBody || name == "body" { depth += 1 }
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        if depth == 1 { note("end") }
        if depth == 1 { events.removeLast() }
        depth = max(0, depth - 1)
        note(">\(name)")
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        text += String(decoding: block, as: UTF8.self)
    }
    func parser(_ parser: XMLParser, foundComment comment: String) { note("<!--\(comment)") }

    func parser(
        _ parser: XMLParser, foundProcessingInstructionWithTarget target: String, data: String?
    ) {
        note("<?\(target) \(data ?? "")")
    }
}
