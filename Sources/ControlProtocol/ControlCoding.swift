import Foundation

/// How documents become JSON on both ends of the socket, and in the commands' `--json` output.
package enum ControlCoding {
    /// One line, keys sorted, slashes unescaped, instants as RFC 3339 in UTC with `Z`.
    package static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(timestamp(date))
        }
        return encoder
    }

    /// `value` as a line of JSON, line end included.
    package static func line(_ value: some Encodable) throws -> [UInt8] {
        Array(try encoder().encode(value)) + [UInt8(ascii: "\n")]
    }

    /// Reads what ``encoder()`` writes; fractions of a second and other offsets are understood too.
    package static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = date(text) else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "“\(text)” is not an RFC 3339 date and time")
            }
            return date
        }
        return decoder
    }

    /// The instant to the second as RFC 3339, for example `2023-11-17T20:28:00Z`; fractions are cut off.
    package static func timestamp(_ date: Date) -> String {
        // The style rounds fractions in some versions of Foundation; whole seconds leave it no choice.
        let seconds = date.timeIntervalSince1970.rounded(.down)
        return Date(timeIntervalSince1970: seconds).formatted(Date.ISO8601FormatStyle())
    }

    /// Reads an RFC 3339 instant with any offset, with or without fractions of a second; nil for anything else.
    package static func date(_ text: String) -> Date? {
        for style in [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)] {
            do {
                return try style.parse(text)
            } catch {
                // Not this form; the next one is tried, and nil tells the caller that none fits.
                continue
            }
        }
        return nil
    }
}
