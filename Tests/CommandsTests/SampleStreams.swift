import ControlProtocol
import ControlServer
import Foundation

/// What the streaming routes of a ``SampleDaemon`` answer with.
struct SampleStreams: Sendable {
    /// The daemon's database; nil for one whose answer is cut after some bytes.
    var database: String?
    var faults: [String] = []
    var events = Sample.events
    /// Lines of an export.
    var export = Sample.export

    /// Gives pieces, then breaks off if told so.
    struct Pieces: ControlStream {
        struct Cut: Error {}

        actor Rest {
            var pieces: [[UInt8]]
            init(_ pieces: [[UInt8]]) { self.pieces = pieces }
            func next() -> [UInt8]? { pieces.isEmpty ? nil : pieces.removeFirst() }
        }

        let mediaType: String
        let length: Int? = nil
        let isCut: Bool
        private let rest: Rest

        init(_ mediaType: String, _ pieces: [[UInt8]], isCut: Bool = false) {
            self.mediaType = mediaType
            self.isCut = isCut
            rest = Rest(pieces)
        }

        func next() async throws -> [UInt8]? {
            if let piece = await rest.next() { return piece }
            if isCut { throw Cut() }
            return nil
        }

        func stop() {}
    }
}

extension SampleDaemon {
    func watch() async throws -> any ControlStream {
        if let failure { throw failure }
        let lines = try streams.events.map { try ControlCoding.line($0) }
        // Cut in the middle of lines, as a network does.
        let bytes = lines.joined()
        let pieces = stride(from: 0, to: bytes.count, by: 100).map { Array(bytes.dropFirst($0).prefix(100)) }
        return SampleStreams.Pieces(
            MediaType.jsonLines, pieces, isCut: streams.events.last?.kind != .end)
    }

    func backup() async throws -> any ControlStream {
        if let failure { throw failure }
        guard let database = streams.database else {
            return SampleStreams.Pieces(MediaType.database, [Array("SQLite format 3\0".utf8)], isCut: true)
        }
        return SampleStreams.Pieces(
            MediaType.database, [Array(try Data(contentsOf: URL(filePath: database)))])
    }

    func check() async throws -> DatabaseCheckDocument {
        if let failure { throw failure }
        return DatabaseCheckDocument(database: "/var/lib/newswatch/newswatch.db", faults: streams.faults)
    }

    func export() async throws -> any ControlStream {
        if let failure { throw failure }
        return SampleStreams.Pieces(MediaType.jsonLines, streams.export.map { Array($0.utf8) })
    }
}

extension Sample {
    /// One event of each kind and outcome, a second apart.
    static let events: [ControlEvent] = {
        let feed = "https://example.org/feed.xml"
        func poll(
            _ outcome: ControlEvent.Poll.Outcome, _ status: Int?, entries: Int = 0, new: Int = 0,
            reason: String? = nil, name: String? = "Example News"
        ) -> ControlEvent.Kind {
            .poll(
                .init(
                    feed: feed, name: name, outcome: outcome, status: status, entries: entries, new: new,
                    reason: reason))
        }
        let kinds: [ControlEvent.Kind] = [
            .watching(version: "0.1.0", heartbeatSeconds: 15),
            .development(
                .init(
                    id: "dev_7f3a", topic: "openai-leadership", kind: "removal",
                    headline: "OpenAI board fires\u{1B}[2J Sam Altman\nas CEO", outlet: "example.org",
                    confidence: "high", entryID: "entry_1")),
            .alert(id: "msg_1", alertType: "development.new", sinks: ["desk", "hook"]),
            poll(.fetched, 200, entries: 3, new: 1),
            .delivery(.init(alert: "msg_1", sink: "desk", state: .delivered)),
            .delivery(
                .init(
                    alert: "msg_1", sink: "hook", state: .postponed, reason: "status 500",
                    until: noon.addingTimeInterval(300))),
            .delivery(.init(alert: "msg_1", sink: "hook", state: .failed, reason: "status 410")),
            poll(.notModified, 304, name: nil),
            poll(.incomplete, 200, entries: 2, new: 2, reason: "the answer ends before its end"),
            poll(.gone, 410),
            poll(.throttled, 429),
            poll(.failed, nil, reason: "no connection"),
            .polling(paused: true),
            .polling(paused: false),
            .configuration(accepted: true, detail: "2 feeds came, 1 went"),
            .configuration(accepted: false, detail: "newswatchd.toml:3:1: unknown key “fed”"),
            .heartbeat,
            .missed(count: 12),
            .end,
        ]
        return kinds.enumerated().map {
            ControlEvent(time: noon.addingTimeInterval(Double($0.offset)), kind: $0.element)
        }
    }()

    /// A small export.
    static let export = [
        #"{"exported":"2023-11-17T12:00:00Z","newswatch":"0.1.0","schema":1,"type":"export","version":1}"#
            + "\n",
        #"{"id":"entry_1","type":"entry"}"# + "\n",
        #"{"decisions":0,"developments":0,"entries":1,"type":"summary"}"# + "\n",
    ]
}
