import Fetching
import Foundation

/// A message to a Matrix room, as text and as HTML (spec.matrix.org, client-server API, "Instant messaging").
///
/// The alert's id is the transaction id: a server shows a repetition of it no second time.
struct MatrixWriter: MessageWriter {
    /// An event may have 65,536 bytes; JSON at most doubles these two.
    static let maxPlainBytes = 8 << 10
    /// See ``maxPlainBytes``.
    static let maxHTMLBytes = 16 << 10

    private let room: String
    private let token: BearerToken

    /// `url` is the server's with the room's id behind it, for example `https://matrix.example.org/!room:example.org`.
    init(url: String, token: BearerToken) throws(AlertingError) {
        room = try Self.address(ofRoom: url)
        self.token = token
    }

    /// The room's address in the client-server API.
    static func address(ofRoom url: String) throws(AlertingError) -> String {
        guard let address = PlaceAddress(url), let place = address.place.removingPercentEncoding,
            place.hasPrefix("!"),
            (2...255).contains(place.utf8.count)
        else {
            throw AlertingError(
                code: .address,
                message: "must end with a room's id, such as https://matrix.example.org/!room:example.org; "
                    + "its alias, #room:example.org, is none")
        }
        let name = String(decoding: Array(place.utf8).flatMap(Self.encoded), as: UTF8.self)
        return "\(address.server)/_matrix/client/v3/rooms/\(name)"
    }

    func request(for message: AlertMessage) throws(AlertingError) -> HTTPRequest {
        try .json(
            Payload(message), to: "\(room)/send/m.room.message/\(message.id)", method: "PUT", token: token)
    }

    /// The event's id, by which what follows is shown as a reply to it.
    func receipt(in response: HTTPResponse) -> String? {
        struct Answer: Decodable {
            let id: String

            private enum CodingKeys: String, CodingKey {
                case id = "event_id"
            }
        }
        do {
            let id = try JSONDecoder().decode(Answer.self, from: Data(response.body)).id
            // Event ids begin so and have 255 bytes at most (specification, "Event IDs").
            return id.hasPrefix("$") && id.utf8.count <= 255 ? id : nil
        } catch {
            // It took the message; what follows stands by itself then.
            return nil
        }
    }

    /// `retry_after_ms`: servers before version 1.10 of the specification say it nowhere else.
    func patience(in response: HTTPResponse) -> Duration? {
        struct Refusal: Decodable {
            let milliseconds: Int64

            private enum CodingKeys: String, CodingKey {
                case milliseconds = "retry_after_ms"
            }
        }
        guard response.status == 429 else { return nil }
        do {
            return .milliseconds(
                max(0, try JSONDecoder().decode(Refusal.self, from: Data(response.body)).milliseconds))
        } catch {
            // A proxy refuses in its own words; the schedule holds then.
            return nil
        }
    }

    private struct Payload: Encodable {
        /// Without it clients look for names of people and for @room in the text.
        struct Mentions: Encodable {}

        struct Relation: Encodable {
            struct Reply: Encodable {
                let id: String

                private enum CodingKeys: String, CodingKey {
                    case id = "event_id"
                }
            }

            let reply: Reply

            private enum CodingKeys: String, CodingKey {
                case reply = "m.in_reply_to"
            }
        }

        let msgtype = "m.text"
        let body: String
        let format = "org.matrix.custom.html"
        let formattedBody: String
        let mentions = Mentions()
        let relation: Relation?

        private enum CodingKeys: String, CodingKey {
            case msgtype, body, format
            case relation = "m.relates_to"
            case formattedBody = "formatted_body"
            case mentions = "m.mentions"
        }

        init(_ message: AlertMessage) {
            let plain = message.lines(fitting: maxPlainBytes - message.title.utf8.count) {
                plainLine($0).utf8.count + 1
            }
            body = ([message.title] + plain.map(plainLine)).joined(separator: "\n")
            let title = "<strong>\(escaped(message.title))</strong>"
            let lines = message.lines(fitting: maxHTMLBytes - title.utf8.count) {
                html($0).utf8.count + lineBreak.utf8.count
            }
            relation = message.precedent.map { Relation(reply: Relation.Reply(id: $0)) }
            formattedBody = ([title] + lines.map(html)).joined(separator: lineBreak)
        }
    }

    private static let lineBreak = "<br>"

    private static func encoded(_ byte: UInt8) -> [UInt8] {
        let isPlain =
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            || "-._~".utf8.contains(byte)
        return isPlain ? [byte] : LineText.percentEncoded(byte)
    }

    private static func plainLine(_ line: AlertMessage.Line) -> String {
        line.map(\.plainText).joined()
    }

    private static func html(_ line: AlertMessage.Line) -> String {
        line.map { span in
            switch span {
            case .text(let text): escaped(text)
            case .link(let link): "<a href=\"\(escaped(link.url))\">\(escaped(link.host))</a>"
            }
        }.joined()
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
}
