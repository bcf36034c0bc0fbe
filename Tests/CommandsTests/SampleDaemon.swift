import ControlProtocol
import ControlServer
import Foundation
import Synchronization

/// A daemon with fixed documents behind a real server on a real socket.
struct SampleDaemon: DaemonControl {
    var statusDocument = Sample.status
    var feedDocuments = Sample.feeds
    var developmentDocuments = Sample.developments
    var alertDocuments = Sample.alerts
    var explanation = Sample.explanation
    var reloadDocument = Sample.reload
    var streams = SampleStreams()
    var failure: ControlFailure?

    func status() async throws -> StatusDocument {
        if let failure { throw failure }
        return statusDocument
    }

    func feeds() async throws -> [FeedDocument] { feedDocuments }

    func poll(feed: String?) async throws -> PollReceipt {
        if let failure { throw failure }
        guard let feed else { return PollReceipt(requested: 2, deferred: [Sample.deferral]) }
        guard feedDocuments.contains(where: { $0.name == feed || $0.url == feed }) else {
            throw ControlFailure.unknownFeed(feed, nearest: feedDocuments.first?.name)
        }
        return PollReceipt(requested: 1)
    }

    func developments() async throws -> [DevelopmentDocument] { developmentDocuments }

    func rule(_ ruling: RulingRequest) async throws -> RulingReceipt {
        if let failure { throw failure }
        guard ruling.development.hasPrefix("dev_") else {
            throw ControlFailure.unknownDevelopment(ruling.development)
        }
        return switch ruling.action {
        case .merge: RulingReceipt(development: ruling.development, alerts: ruling.others.map { "msg_\($0)" })
        case .split:
            RulingReceipt(development: ruling.development, opened: "dev_9", alerts: ["msg_1", "msg_2"])
        case .mute: RulingReceipt(development: ruling.development)
        case .retract: RulingReceipt(development: ruling.development)
        }
    }

    func alerts(failedOnly: Bool) async throws -> [AlertDocument] {
        alertDocuments.filter { !failedOnly || $0.state == .failed }
    }

    func setPaused(_ isPaused: Bool) async throws -> PauseDocument { PauseDocument(paused: isPaused) }

    func reload() async throws -> ReloadDocument {
        if let failure { throw failure }
        return reloadDocument
    }

    func redeliver(alert: String) async throws -> DispatchReceipt {
        if let failure { throw failure }
        guard alertDocuments.contains(where: { $0.id == alert }) else {
            throw ControlFailure.unknownAlert(alert)
        }
        return DispatchReceipt(id: alert, sinks: ["desk", "hook"])
    }

    func prune() async throws -> PruneDocument {
        if let failure { throw failure }
        return PruneDocument(before: Sample.noon.addingTimeInterval(-400 * 86_400), entries: 1_200, alerts: 340)
    }

    func testAlert() async throws -> DispatchReceipt {
        if let failure { throw failure }
        return DispatchReceipt(id: "msg_t", sinks: ["desk", "hook"])
    }

    func explain(entry: String) async throws -> ExplanationDocument {
        guard [explanation.id, explanation.url].contains(entry) else {
            throw ControlFailure.unknownEntry(entry)
        }
        return explanation
    }

    /// Serves while `body` runs, which gets the socket's path.
    func serve<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path + "/s"
        let (ready, signal) = AsyncStream<Void>.makeStream()
        let server = ControlServer(socketPath: path, control: self, onReady: { signal.finish() })
        let task = Task {
            defer { signal.finish() }
            try await server.run()
        }
        for await _ in ready {}
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(path))
        } catch {
            result = .failure(error)
        }
        task.cancel()
        try await task.value
        return try result.get()
    }

    /// Runs `newswatch` with `--socket` added.
    func run(
        _ arguments: [String], columns: Int? = nil, usesColour: Bool = false
    ) async throws -> CommandRun {
        try await serve { path in
            await CommandRun.newswatch(
                arguments + ["--socket", path], columns: columns, usesColour: usesColour)
        }
    }
}

/// Documents as a daemon would have them on 17 November 2023 at noon.
enum Sample {
    static let noon = Date(timeIntervalSince1970: 1_700_222_400)

    static let status = StatusDocument(
        version: "0.1.0", uptimeSeconds: 266_400, paused: false,
        feeds: .init(new: 1, healthy: 38, failing: 2, silent: 1, gone: 0), entries: 12_345, duplicates: 3_210,
        developments: 17, outbox: .init(pending: 0, failed: 1), configuration: configuration,
        storage: .init())

    static let configuration = StatusDocument.Configuration(
        file: "/etc/newswatch/newswatchd.toml", loaded: noon.addingTimeInterval(-7_300), refused: nil,
        faults: [], needsRestart: [])

    static let reload = ReloadDocument(
        file: "/etc/newswatch/newswatchd.toml", loaded: noon,
        changes: [
            .init(
                action: "added", subject: "feed", name: "https://example.org/more.xml", detail: nil,
                needsRestart: false),
            .init(action: "changed", subject: "sink", name: "hook", detail: "url", needsRestart: false),
            .init(
                action: "changed", subject: "setting", name: "[database] path",
                detail: "/var/lib/newswatch/newswatch.db → /srv/newswatch.db", needsRestart: true),
        ])

    static let feeds = [
        FeedDocument(
            url: "https://example.org/feed.xml", name: "Example News", state: "healthy", lastStatus: 200,
            lastPoll: noon.addingTimeInterval(-240), nextPoll: noon.addingTimeInterval(660),
            nextPollReason: "every 15 min, as often as it changes", entryCount: 512, failures: 0,
            lastError: nil),
        FeedDocument(
            url: "https://broken.example/rss", name: nil, state: "failing", lastStatus: 503,
            lastPoll: noon.addingTimeInterval(-7_300), nextPoll: noon.addingTimeInterval(3_600),
            nextPollReason: "back-off after failures", entryCount: 7, failures: 4,
            lastError: "status 503 Service Unavailable"),
        FeedDocument(
            url: "https://新闻.example/feed", name: "新闻社", state: "new", lastStatus: nil, lastPoll: nil,
            nextPoll: noon, nextPollReason: "first poll", entryCount: 0, failures: 0, lastError: nil),
    ]

    static let developments = [
        DevelopmentDocument(
            id: "dev_7f3a", entryID: "1", topic: "openai-leadership", kind: "removal",
            headline: "OpenAI board fires Sam Altman as CEO",
            firstPublished: Date(timeIntervalSince1970: 1_700_252_880),
            alertedAt: Date(timeIntervalSince1970: 1_700_252_940), late: false, confidence: "high",
            why: "First report of a removal of Sam Altman.", corroboration: 3,
            sources: [
                .init(
                    outlet: "example.org", title: "OpenAI board fires Sam Altman as CEO",
                    url: "https://example.org/a?b=1", lang: "en",
                    published: Date(timeIntervalSince1970: 1_700_252_880)),
                .init(
                    outlet: "beispiel.example", title: "OpenAI feuert Altman", url: nil, lang: "de",
                    published: nil),
            ], entries: ["1", "4"]),
        DevelopmentDocument(
            id: "dev_90bc", entryID: "9", topic: "openai-leadership", kind: "appointment",
            headline: "米OpenAI、暫定CEOにミラ・ムラティ氏", firstPublished: Date(timeIntervalSince1970: 1_700_339_400),
            alertedAt: nil, late: true, confidence: "low", why: "Uncertain.", corroboration: 1,
            sources: [], entries: ["9"]),
    ]

    static let alerts = [
        AlertDocument(
            id: "msg_1", type: "development.new", sink: "desk", state: .delivered, attempts: 1,
            lastError: nil,
            created: noon, delivered: noon.addingTimeInterval(1)),
        AlertDocument(
            id: "msg_2", type: "digest", sink: "hook", state: .failed, attempts: 10,
            lastError: "status 500 Internal Server Error", created: noon, delivered: nil),
    ]

    static let explanation = ExplanationDocument(
        id: "entry_9", title: "Board of OpenAI dismisses Altman", outlet: "example.org", lang: "en",
        url: "https://example.org/a?b=1&c=ü", feed: "https://example.org/feed.xml",
        guid: "tag:example.org,2023:9",
        published: Date(timeIntervalSince1970: 1_700_252_880),
        observed: Date(timeIntervalSince1970: 1_700_252_940),
        revisions: ["entry_4", "entry_9"],
        decisions: [
            .init(
                topic: "chips", onTopic: false, decision: "off_topic", score: 0, nearDuplicateOf: nil,
                revisionOf: nil, developments: [], opened: [], reasons: ["No word of the topic."]),
            .init(
                topic: "openai-leadership", onTopic: true, decision: "new_development", score: 0.9251,
                nearDuplicateOf: "entry_3", revisionOf: "entry_4", developments: ["dev_7f3a", "dev_1"],
                opened: [
                    .init(
                        id: "dev_7f3a", kind: "removal", headline: "Board of OpenAI dismisses Altman",
                        confidence: "high", why: "First report of a removal of Sam Altman.")
                ],
                reasons: ["“dismisses” is a removal, of Sam Altman.", "0.93 is above 0.5."]),
        ])

    static let deferral = PollReceipt.Deferral(
        url: "https://broken.example/rss", until: noon.addingTimeInterval(3_600), reason: "Retry-After")
}
