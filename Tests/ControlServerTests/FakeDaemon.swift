import ControlProtocol
import ControlServer
import Foundation
import Synchronization

/// A daemon that answers what it was told to, and remembers what it was asked.
final class FakeDaemon: DaemonControl {
    enum Call: Equatable {
        case status, feeds, developments
        case poll(String?)
        case rule(RulingRequest)
        case alerts(failedOnly: Bool)
        case setPaused(Bool)
        case reload
        case redeliver(String)
        case testAlert
        case explain(String)
        case watch, backup, check, export, prune
    }

    private struct State {
        var calls: [Call] = []
        var failure: (any Error)?
        var isSlow = false
    }

    private let state = Mutex(State())
    /// What the streaming routes answer with.
    let streams = ScriptedStreams()

    var calls: [Call] { state.withLock(\.calls) }

    /// Every further call throws it.
    func fail(with error: any Error) {
        state.withLock { $0.failure = error }
    }

    /// From now on a reload takes until it is cancelled.
    func slowDown() {
        state.withLock { $0.isSlow = true }
    }

    func record(_ call: Call) throws {
        let failure = state.withLock { state in
            state.calls.append(call)
            return state.failure
        }
        if let failure { throw failure }
    }

    func status() async throws -> StatusDocument {
        try record(.status)
        return Sample.status
    }

    func feeds() async throws -> [FeedDocument] {
        try record(.feeds)
        return [Sample.feed]
    }

    func poll(feed: String?) async throws -> PollReceipt {
        try record(.poll(feed))
        return PollReceipt(requested: 1)
    }

    func developments() async throws -> [DevelopmentDocument] {
        try record(.developments)
        return [Sample.development]
    }

    func rule(_ ruling: RulingRequest) async throws -> RulingReceipt {
        try record(.rule(ruling))
        return RulingReceipt(development: ruling.development, alerts: ["msg_1"])
    }

    func alerts(failedOnly: Bool) async throws -> [AlertDocument] {
        try record(.alerts(failedOnly: failedOnly))
        return [Sample.alert]
    }

    func setPaused(_ isPaused: Bool) async throws -> PauseDocument {
        try record(.setPaused(isPaused))
        return PauseDocument(paused: isPaused)
    }

    func reload() async throws -> ReloadDocument {
        try record(.reload)
        if state.withLock(\.isSlow) {
            let (endless, continuation) = AsyncStream<Void>.makeStream()
            for await _ in endless {}
            withExtendedLifetime(continuation) {}
            try Task.checkCancellation()
        }
        return Sample.reload
    }

    func redeliver(alert: String) async throws -> DispatchReceipt {
        try record(.redeliver(alert))
        return DispatchReceipt(id: alert, sinks: ["desk"])
    }

    func testAlert() async throws -> DispatchReceipt {
        try record(.testAlert)
        return DispatchReceipt(id: "msg_t", sinks: ["desk", "hook"])
    }

    func prune() async throws -> PruneDocument {
        try record(.prune)
        return PruneDocument(before: Sample.noon, entries: 5, alerts: 2)
    }

    func explain(entry: String) async throws -> ExplanationDocument {
        try record(.explain(entry))
        return Sample.explanation
    }
}

/// One document of each kind.
enum Sample {
    static let noon = Date(timeIntervalSince1970: 1_700_222_400)

    static let status = StatusDocument(
        version: "1.2.3", uptimeSeconds: 61, paused: false,
        feeds: .init(new: 1, healthy: 2, failing: 3, silent: 4, gone: 5), entries: 6, duplicates: 7,
        developments: 8, outbox: .init(pending: 9, failed: 10),
        configuration: .init(
            file: "newswatchd.toml", loaded: noon, refused: nil, faults: [], needsRestart: []),
        storage: .init(failingSince: noon, error: "no space left"))

    static let reload = ReloadDocument(
        file: "newswatchd.toml", loaded: noon,
        changes: [
            .init(action: "added", subject: "sink", name: "desk", detail: nil, needsRestart: false)
        ])

    static let feed = FeedDocument(
        url: "https://example.org/feed.xml", name: nil, state: "new", lastStatus: nil, lastPoll: nil,
        nextPoll: noon, nextPollReason: "first poll", entryCount: 0, failures: 0, lastError: nil)

    static let development = DevelopmentDocument(
        id: "dev_1", entryID: "7", topic: "t", kind: "removal", headline: "Board fires CEO",
        firstPublished: noon, alertedAt: nil, late: false, confidence: "high", why: "First report.",
        corroboration: 1,
        sources: [
            .init(outlet: "example.org", title: "Board fires CEO", url: nil, lang: "en", published: noon)
        ],
        entries: ["7", "9"])

    static let explanation = ExplanationDocument(
        id: "entry_7", title: "Board fires CEO", outlet: "example.org", lang: nil, url: nil,
        feed: "https://example.org/feed.xml", guid: nil, published: nil, observed: noon,
        revisions: ["entry_7"],
        decisions: [
            .init(
                topic: "t", onTopic: true, decision: "new_development", score: 0.5, nearDuplicateOf: nil,
                revisionOf: nil, developments: ["dev_1"],
                opened: [
                    .init(
                        id: "dev_1", kind: "removal", headline: "Board fires CEO", confidence: "high",
                        why: "First report.")
                ], reasons: ["Because."])
        ])

    static let alert = AlertDocument(
        id: "msg_1", type: "development.new", sink: "desk", state: .failed, attempts: 3,
        lastError: "status 500", created: noon, delivered: nil)
}
