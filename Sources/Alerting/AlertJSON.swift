import Foundation

/// The JSON text of alerts: keys in alphabetical order, times RFC 3339 in UTC, no character that could break
/// the line or turn the direction of what a terminal shows after it.
package enum AlertJSON {
    /// One line without a newline at the end.
    package static func text(of alert: Alert) throws(AlertingError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.text(date))
        }
        do {
            return escaped(String(decoding: try encoder.encode(alert), as: UTF8.self))
        } catch {
            throw AlertingError(code: .payload, message: "alert \(alert.id) could not be encoded: \(error)")
        }
    }

    /// The alert of a text that `text(of:)` wrote.
    package static func alert(from text: String) throws(AlertingError) -> Alert {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = Timestamp.date(text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time: \(text)")
            }
            return date
        }
        do {
            return try decoder.decode(Alert.self, from: Data(text.utf8))
        } catch {
            throw AlertingError(code: .payload, message: "alert could not be decoded: \(error)")
        }
    }

    /// JSON allows these characters bare within a string, and nowhere else can they stand; terminals and
    /// line readers act on them.
    private static func escaped(_ json: String) -> String {
        guard json.unicodeScalars.contains(where: isUnsafe) else { return json }
        var out = String.UnicodeScalarView()
        for scalar in json.unicodeScalars {
            guard isUnsafe(scalar) else {
                out.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                let escape = "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                out.append(contentsOf: escape.unicodeScalars)
            }
        }
        return String(out)
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x7F else { return false }
        return LineText.breaksLine(scalar) || LineText.turnsDirection(scalar)
    }
}
