import Fetching
import Foundation
import Testing
import Transcripts

@testable import Alerting

/// What every format makes of every type and of hostile text, whole. `make renew` writes the files anew.
@Suite struct FormatsWholeOutputTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Formats")
    static let addresses: [AlertFormat: String] = [
        .slack: "https://hooks.example/slack", .discord: "https://hooks.example/discord",
        .ntfy: "https://ntfy.example/harbour", .matrix: "https://matrix.example/!room:matrix.example",
        .teams: "https://hooks.example/teams",
    ]
    static let formats = AlertFormat.ofWebhooks.filter { addresses[$0] != nil }

    private func request(_ alert: Alert, _ format: AlertFormat) throws -> HTTPRequest {
        let credential: SinkCredential =
            format == .matrix || format == .ntfy ? .token(try BearerToken(text: "swordfish")) : .none
        let writer = try format.writer(
            url: try #require(Self.addresses[format]), credential: credential, policy: SinkPolicy())
        return try writer.request(
            for: PendingAlert(id: alert.id, payload: try AlertJSON.text(of: alert)), now: Samples.now)
    }

    /// The request as people read it: its body is laid out in lines.
    private func text(of request: HTTPRequest) throws -> String {
        let document = try JSONSerialization.jsonObject(with: Data(request.body ?? []))
        let body = try JSONSerialization.data(
            withJSONObject: document, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        let headers = request.headers.map { "\($0.name): \($0.value)\n" }.joined()
        return "\(request.method) \(request.url)\n\(headers)\n\(String(decoding: body, as: UTF8.self))\n"
    }

    private func compare(_ transcript: Transcript, _ name: String) throws {
        let difference = try transcript.difference(from: Self.folder.appending(path: name))
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test(arguments: formats)
    func everyTypeIsShown(_ format: AlertFormat) throws {
        var transcript = Transcript()
        for alert in try Samples.everyAlert() {
            transcript.add(
                alert.type.rawValue, output: try text(of: request(alert, format)), errors: "", code: 0)
        }
        try compare(transcript, "\(format.rawValue)-types.txt")
    }

    @Test(arguments: formats)
    func hostileTextStaysText(_ format: AlertFormat) throws {
        var transcript = Transcript()
        for hostile in HostileText.all {
            let output = try text(of: request(hostile.alert(), format))
            transcript.add(hostile.name, output: output, errors: "", code: 0)
        }
        try compare(transcript, "\(format.rawValue)-hostile.txt")
    }

    @Test func linesAreLinesWhateverTheirTextSays() throws {
        var transcript = Transcript()
        for alert in try Samples.everyAlert() + HostileText.all.map({ try $0.alert() }) {
            let pending = PendingAlert(id: alert.id, payload: try AlertJSON.text(of: alert))
            for format in AlertFormat.ofLines {
                let line = try AlertLine.bytes(of: pending, format: format, policy: SinkPolicy())
                #expect(line.count { $0 == 0x0A } == 1)
                guard format == .text else { continue }
                transcript.add(
                    alert.type.rawValue, output: String(decoding: line, as: UTF8.self), errors: "", code: 0)
            }
        }
        try compare(transcript, "text.txt")
    }

    @Test(arguments: formats)
    func nothingIsLargerThanItsReceiverTakes(_ format: AlertFormat) throws {
        let limits: [AlertFormat: Int] = [.ntfy: 16_384, .matrix: 65_536, .teams: 28_000]
        var development = Samples.reported()
        let text = String(repeating: "\"\\<&👩‍🚀", count: 500)
        (development.headline, development.gloss, development.why) = (text, text, text)
        development.sources = (0..<20).map { _ in
            AlertedDevelopment.Source(
                outlet: text, title: text, url: "https://example.org/" + String(repeating: "a", count: 2000),
                lang: text, published: nil)
        }
        let developments = (0..<20).map { _ in development }
        for alert in [
            Alert(id: "msg_1", timestamp: Samples.now, content: .development(development)),
            Alert(
                id: "msg_1", timestamp: Samples.now,
                content: .digest(AlertDigest(topic: text, reason: .late, developments: developments))),
        ] {
            let body = try request(alert, format).body ?? []
            #expect(body.count <= limits[format] ?? 65_536, "\(alert.type)")
            let object = try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
            switch format {
            case .ntfy:
                let shown = try [
                    #require(object["title"] as? String), #require(object["message"] as? String),
                ]
                #expect(shown.joined().utf8.count <= 4096)
            case .discord:
                let embed = try #require((object["embeds"] as? [[String: Any]])?.first)
                #expect(try #require(embed["title"] as? String).utf16.count <= 256)
                #expect(try #require(embed["description"] as? String).utf16.count <= 4096)
            case .slack: #expect(try #require(object["text"] as? String).utf16.count <= 4000)
            default: break
            }
        }
    }
}
