import Synchronization

/// Between the network thread and the task of a transfer: at most ``capacity`` chunks wait here.
final class TransferQueue: Sendable {
    enum Event: Sendable {
        case head(HTTPResponse)
        case chunk([UInt8])
        case end(Result<HTTPResponse, TransferError>)
    }

    /// 4 chunks of 64 KiB: enough that the network is not stopped by a consumer that takes a moment.
    static let capacity = 4
    static let maxChunkBytes = 64 << 10

    private struct State {
        var head: HTTPResponse?
        var chunks: [[UInt8]] = []
        var end: Result<HTTPResponse, TransferError>?
        var reader: CheckedContinuation<Event, Never>?
        var wantsDrainNotice = false
        var mostChunks = 0

        mutating func popFirst() -> Event? {
            if let head {
                self.head = nil
                return .head(head)
            }
            if !chunks.isEmpty { return .chunk(chunks.removeFirst()) }
            return end.map(Event.end)
        }
    }

    private let state = Mutex(State())

    /// The most chunks that ever waited.
    var mostChunks: Int { state.withLock { $0.mostChunks } }

    func put(head: HTTPResponse) {
        put { $0.head = head }
    }

    /// Takes a chunk; false, and no chunk taken, when the queue is full: then a notice will come.
    func put(chunk: [UInt8], evenIfFull: Bool = false) -> Bool {
        var isTaken = true
        put { state in
            if state.end != nil { return }
            if state.chunks.count >= Self.capacity, !evenIfFull {
                state.wantsDrainNotice = true
                isTaken = false
                return
            }
            state.chunks.append(chunk)
            state.mostChunks = max(state.mostChunks, state.chunks.count)
        }
        return isTaken
    }

    /// Ends the queue; only the first call counts. `droppingChunks` when nobody wants them any more.
    func end(_ result: Result<HTTPResponse, TransferError>, droppingChunks: Bool) {
        put { state in
            guard state.end == nil else { return }
            state.end = result
            if droppingChunks {
                state.head = nil
                state.chunks = []
            }
        }
    }

    private func put(_ change: (inout State) -> Void) {
        let woken = state.withLock { state -> (CheckedContinuation<Event, Never>, Event)? in
            change(&state)
            guard let reader = state.reader, let event = state.popFirst() else { return nil }
            state.reader = nil
            return (reader, event)
        }
        if let (reader, event) = woken { reader.resume(returning: event) }
    }

    /// The next event. `onRoom` is called when a full queue has come down to half.
    func next(onRoom: () -> Void) async -> Event {
        let event = await withCheckedContinuation { (reader: CheckedContinuation<Event, Never>) in
            let event = state.withLock { state -> Event? in
                if let event = state.popFirst() { return event }
                state.reader = reader
                return nil
            }
            if let event { reader.resume(returning: event) }
        }
        let hasRoom = state.withLock { state in
            guard state.wantsDrainNotice, state.chunks.count <= Self.capacity / 2 else { return false }
            state.wantsDrainNotice = false
            return true
        }
        if hasRoom { onRoom() }
        return event
    }
}
