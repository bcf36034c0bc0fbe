import Alerting
import Feeds
import Foundation
import Settings
import Storage
import Stories

@testable import Daemon

/// The pipeline with the shipped topic, a store in memory and sinks of the test's choice; nothing is delivered.
///
/// Owned by one test.
final class RoutedDesk {
    /// 2023-11-17T20:30:00Z.
    static let start = Date(timeIntervalSince1970: 1_700_253_000)

    let store: NewsStore
    private let blank: StoryEngine
    private(set) var pipeline: Pipeline
    private var sinks: [SinkConfiguration]
    var now = RoutedDesk.start

    /// `sinks` are made of names and policies.
    init(_ sinks: [(name: String, policy: SinkPolicy)]) throws {
        let etc = SampleArchiveTests.root.appending(path: "etc/newswatch")
        store = try NewsStore(path: nil)
        blank = StoryEngine(
            profiles: [
                try ConfigurationReader.profile(
                    path: etc.appending(path: "topics/openai-leadership.toml").path)
            ],
            lexicon: try ConfigurationReader.lexicon(directory: etc.appending(path: "lexicon").path))
        self.sinks = Self.configurations(sinks)
        pipeline = try Self.pipeline(blank, store, self.sinks)
    }

    private static func configurations(
        _ sinks: [(name: String, policy: SinkPolicy)]
    ) -> [SinkConfiguration] {
        sinks.map {
            SinkConfiguration(name: $0.name, destination: .stdout, format: .json, policy: $0.policy)
        }
    }

    private static func pipeline(
        _ blank: StoryEngine, _ store: NewsStore, _ sinks: [SinkConfiguration]
    ) throws -> Pipeline {
        Pipeline(
            core: try IngestEngine(engine: blank, store: store, copyWindow: .seconds(30 * 86_400)),
            store: store,
            policy: AnnouncementPolicy(firstContact: .digest), topics: ["openai-leadership"],
            router: AlertRouter(sinks), events: EventHub(now: { start }))
    }

    /// What a restart makes of the database.
    func restart() throws { pipeline = try Self.pipeline(blank, store, sinks) }

    /// Another configuration of the sinks.
    func reconfigure(_ sinks: [(name: String, policy: SinkPolicy)]) async throws {
        self.sinks = Self.configurations(sinks)
        try await pipeline.reconfigure(
            rebuilt: nil, policy: AnnouncementPolicy(firstContact: .digest), topics: ["openai-leadership"],
            router: AlertRouter(self.sinks), now: now)
    }

    /// An outlet reports something now; it is known already unless `contact` says otherwise.
    @discardableResult
    func report(
        _ title: String, _ text: String = "", by outlet: String,
        contact: AnnouncementPolicy.Contact = .known
    ) async throws -> [Decision] {
        let part = Pipeline.Part(
            feed: "https://\(outlet)/feed", entries: [try incoming(title, text, by: outlet)],
            contact: contact,
            ending: nil, now: now)
        return try await pipeline.ingest(part).decisions
    }

    /// The report on its way in.
    func incoming(_ title: String, _ text: String, by outlet: String) throws -> IngestEngine.Incoming {
        let entry = Entry(
            id: "\(outlet)/\(title)", title: FeedText(value: title, kind: .html),
            link: "https://\(outlet)/\(title.count)", published: now,
            summary: FeedText(value: text, kind: .html), language: "en")
        let item = StoryItem(
            entry: entry, feed: StoryItem.FeedContext(url: "https://\(outlet)/feed", name: outlet),
            observed: now)
        return IngestEngine.Incoming(item: item, preparedBy: blank)
    }

    /// What the outbox has for a sink, oldest first.
    func alerts(_ sink: String) throws -> [Alert] {
        try store.deliveries().filter { $0.sink == sink }.map { try AlertJSON.alert(from: $0.payload) }
    }

    /// Types and headlines of what the outbox has for a sink.
    func told(_ sink: String) throws -> [String] {
        try alerts(sink).map { alert in
            let headlines: [String] =
                switch alert.content {
                case .development(let development): [development.headline]
                case .update(let update): [update.development.headline]
                case .correction(let correction): [correction.development.headline]
                case .digest(let digest): digest.developments.map(\.headline)
                case .feed(let notice): [notice.message]
                case .service(let notice): [notice.message]
                case .heartbeat(let heartbeat): [heartbeat.sentence]
                case .test(let message): [message]
                }
            return "\(alert.type.rawValue): " + headlines.joined(separator: " | ")
        }
    }
}
