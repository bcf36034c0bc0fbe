import ControlProtocol
import Foundation

/// Developments in the order in which they happened.
struct Timeline {
    let developments: [DevelopmentDocument]

    /// By first publication; those without one come last, otherwise the given order stays.
    init(_ developments: [DevelopmentDocument], topic: String?) {
        let chosen = developments.enumerated().filter { topic == nil || $0.element.topic == topic }
        self.developments =
            chosen
            .sorted { left, right in
                let (leftTime, rightTime) = (
                    left.element.firstPublished ?? .distantFuture,
                    right.element.firstPublished ?? .distantFuture
                )
                return (leftTime, left.offset) < (rightTime, right.offset)
            }
            .map(\.element)
    }

    /// A heading per topic and day, a list item per development, its sources below it.
    func markdown() -> [String] {
        guard !developments.isEmpty else { return ["# Timeline", "", "Nothing has happened yet."] }
        var lines: [String] = []
        var topics: [String] = []
        for development in developments where !topics.contains(development.topic) {
            topics.append(development.topic)
        }
        for topic in topics {
            if !lines.isEmpty { lines.append("") }
            lines.append("# \(Self.escaped(topic))")
            var day = ""
            for development in developments where development.topic == topic {
                let time = TimeText.minute(development.firstPublished)
                if time.prefix(10) != day {
                    day = String(time.prefix(10))
                    lines += ["", "## \(day == "-" ? "Undated" : day)", ""]
                }
                lines += Self.item(development, clock: String(time.dropFirst(11)))
            }
        }
        return lines
    }

    private static func item(_ development: DevelopmentDocument, clock: String) -> [String] {
        let facts = [
            escaped(development.kind), "confidence \(escaped(development.confidence))",
            development.corroboration == 1 ? "1 outlet" : "\(development.corroboration) independent outlets",
            development.late ? "told late" : nil,
        ]
        let time = clock.isEmpty ? "" : "\(clock) "
        var lines = [
            "- \(time)**\(escaped(development.headline))** (\(facts.compactMap { $0 }.joined(separator: ", ")))"
        ]
        for source in development.sources {
            let title = escaped(source.title)
            let link = address(source.url).map { "[\(title)](<\($0)>)" } ?? title
            let language = source.lang.map { " (\(escaped($0)))" } ?? ""
            lines.append("  - \(escaped(source.outlet))\(language): \(link)")
        }
        return lines
    }

    /// Text from feeds as plain text in Markdown: no link, image, markup or HTML comes out of it.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in PrintableText.line(text) {
            if character.isASCII, #"\`*_{}[]<>()#+!|~&"#.contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    /// An address that is safe inside `<…>`; nil for anything but http and https.
    private static func address(_ url: String?) -> String? {
        guard let url, url.hasPrefix("https://") || url.hasPrefix("http://") else { return nil }
        var result = ""
        for byte in url.utf8 {
            if byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
                || byte == UInt8(ascii: "\\")
            {
                result += "%" + String(byte >> 4, radix: 16, uppercase: true)
                result += String(byte & 15, radix: 16, uppercase: true)
            } else {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return result
    }
}
