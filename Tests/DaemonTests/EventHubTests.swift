import ControlProtocol
import Foundation
import Synchronization
import Testing

@testable import Daemon

@Suite struct EventHubTests {
    private static let noon = Date(timeIntervalSince1970: 1_700_222_400)

    private let hub = EventHub(now: { noon })

    /// The next piece as events.
    private func next(_ subscription: EventSubscription) async throws -> [ControlEvent]? {
        let bytes = try await subscription.next()
        return try bytes.map { bytes in
            try bytes.split(separator: UInt8(ascii: "\n")).map {
                try ControlCoding.decoder().decode(ControlEvent.self, from: Data($0))
            }
        }
    }

    private func all(_ subscription: EventSubscription) async throws -> [ControlEvent.Kind] {
        var kinds: [ControlEvent.Kind] = []
        while let events = try await next(subscription) { kinds += events.map(\.kind) }
        return kinds
    }

    private let hello = ControlEvent.Kind.watching(
        version: NewswatchVersion.current, heartbeatSeconds: 15)

    @Test func everyWatcherGetsEveryEventInItsOrderAfterAGreeting() async throws {
        hub.publish(.polling(paused: true))
        let one = try hub.subscribe()
        hub.publish(.heartbeat)
        let two = try hub.subscribe()
        hub.publish(.polling(paused: false))
        one.stop()
        two.stop()
        #expect(try await all(one) == [hello, .heartbeat, .polling(paused: false), .end])
        #expect(try await all(two) == [hello, .polling(paused: false), .end])
    }

    @Test func whatIsPublishedWhileAWatcherComesDoesNotOvertakeTheGreeting() async throws {
        let other = Mutex<EventHub?>(nil)
        let hub = EventHub(now: {
            // The instant between two steps of subscribing that anybody may use.
            other.withLock { $0.take() }?.publish(.heartbeat)
            return Self.noon
        })
        other.withLock { $0 = hub }
        let watcher = try hub.subscribe()
        watcher.stop()
        #expect(try await all(watcher).first == hello)
    }

    @Test func anEventWakesAWatcherThatWaits() async throws {
        let watcher = try hub.subscribe()
        #expect(try await next(watcher)?.map(\.kind) == [hello])
        async let event = next(watcher)
        hub.publish(.heartbeat)
        #expect(try await event == [ControlEvent(time: Self.noon, kind: .heartbeat)])
    }

    /// The buffer holds what happened first; what came after it is counted where it is missing.
    @Test func aSlowWatcherIsToldHowManyItMissed() async throws {
        let watcher = try hub.subscribe()
        let most = EventSubscription.maximumWaiting
        // The greeting waits too.
        for _ in 0..<(most - 1 + 5) { hub.publish(.heartbeat) }
        var kinds: [ControlEvent.Kind] = []
        while kinds.count < most + 1, let events = try await next(watcher) {
            kinds += events.map(\.kind)
            // Not before the gap was told.
            if kinds.count == 64 { hub.publish(.polling(paused: true)) }
        }
        #expect(kinds.count == most + 1)
        #expect(kinds.last == .missed(count: 6))
        hub.publish(.polling(paused: false))
        watcher.stop()
        #expect(try await all(watcher) == [.polling(paused: false), .end])
    }

    @Test func whoStopsWatchingIsForgottenAndMakesRoom() async throws {
        var watchers: [EventSubscription] = []
        for _ in 0..<EventHub.maximumWatchers { watchers.append(try hub.subscribe()) }
        #expect(
            throws: ControlFailure.conflict("16 are watching already, which is as many as may")
        ) { _ = try hub.subscribe() }
        watchers[3].stop()
        watchers[3].stop()
        #expect(hub.watcherCount == EventHub.maximumWatchers - 1)
        _ = try hub.subscribe()
    }

    @Test func withoutWatchersEventsAreNotEvenMade() {
        var made = 0
        func kind() -> ControlEvent.Kind {
            made += 1
            return .heartbeat
        }
        hub.publish(kind())
        #expect(made == 0)
    }

    @Test func aCancelledWatcherWaitsNoLonger() async throws {
        let watcher = try hub.subscribe()
        _ = try await watcher.next()
        let task = Task { try await watcher.next() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
