import ControlProtocol
import ControlServer
import Foundation
import Synchronization

/// What the streaming routes of a ``FakeDaemon`` answer with, and what became of it.
final class ScriptedStreams: Sendable {
    /// What a stream gives, piece by piece.
    enum Step: Sendable {
        case bytes([UInt8])
        /// The answer breaks off.
        case failure(any Error)
        /// Nothing more comes until the stream is stopped.
        case silence
        /// 64 KiB, again and again until the stream is stopped.
        case endless
    }

    private struct State {
        var steps: [Step] = []
        var given = 0
        var isStopped = false
    }

    private let state = Mutex(State())
    private let stop = AsyncStream<Void>.makeStream()

    /// The next stream gives these steps.
    func play(_ steps: Step...) {
        state.withLock { $0 = State(steps: steps) }
    }

    /// Pieces that were asked for and given.
    var given: Int { state.withLock(\.given) }
    /// The server has said that nobody reads any more.
    var isStopped: Bool { state.withLock(\.isStopped) }

    /// Returns when the server has said so.
    func stopped() async {
        for await _ in stop.stream {}
    }

    func stream(_ mediaType: String, length: Int? = nil) -> any ControlStream {
        Stream(streams: self, mediaType: mediaType, length: length)
    }

    private struct Stream: ControlStream {
        let streams: ScriptedStreams
        let mediaType: String
        let length: Int?

        func next() async throws -> [UInt8]? {
            let step = streams.state.withLock { state -> Step? in
                guard let step = state.steps.first, !state.isStopped else { return nil }
                if case .endless = step {} else { state.steps.removeFirst() }
                state.given += 1
                return step
            }
            switch step {
            case .bytes(let bytes): return bytes
            case .failure(let error): throw error
            case .silence:
                await streams.stopped()
                return Array("bye\n".utf8)
            case .endless: return [UInt8](repeating: UInt8(ascii: "x"), count: 64 << 10)
            case nil: return nil
            }
        }

        func stop() {
            streams.state.withLock { $0.isStopped = true }
            streams.stop.continuation.finish()
        }
    }
}

extension FakeDaemon {
    func watch() async throws -> any ControlStream {
        try record(.watch)
        return streams.stream(MediaType.jsonLines)
    }

    func backup() async throws -> any ControlStream {
        try record(.backup)
        return streams.stream(MediaType.database, length: 7)
    }

    func check() async throws -> DatabaseCheckDocument {
        try record(.check)
        return DatabaseCheckDocument(database: "/var/news.db", faults: ["page 7 is torn"])
    }

    func export() async throws -> any ControlStream {
        try record(.export)
        return streams.stream(MediaType.jsonLines)
    }
}
