import Foundation
import Synchronization

/// What the server's threads share. They keep it alive; the server itself does not stay alive for them.
final class ServerCore: Sendable {
    struct State {
        var requests: [LoopbackRequest] = []
        var accepted = 0
        var bytesSent = 0
        var answering = 0
        var mostAtOnce = 0
        var open: Set<Int32> = []
        var isStopped = false
    }

    let state = Mutex(State())
    let script: @Sendable (LoopbackRequest) -> LoopbackAnswer
    private let listener: ListeningSocket

    init(_ listener: ListeningSocket, _ script: @escaping @Sendable (LoopbackRequest) -> LoopbackAnswer) {
        self.listener = listener
        self.script = script
    }

    var isStopped: Bool { state.withLock { $0.isStopped } }

    func start() {
        Self.detach { [self] in acceptAll() }
    }

    func stop() {
        state.withLock { state in
            if state.isStopped { return }
            state.isStopped = true
            // Wakes the threads that block on them; each closes its own afterwards.
            shutdown(listener.descriptor, Int32(SHUT_RDWR))
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private static func detach(_ work: @escaping @Sendable () -> Void) {
        let thread = Thread(block: work)
        thread.stackSize = 512 << 10
        thread.start()
    }

    private func acceptAll() {
        while true {
            let descriptor = accept(listener.descriptor, nil, nil)
            if descriptor < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                break
            }
            let number = state.withLock { state -> Int? in
                if state.isStopped { return nil }
                state.accepted += 1
                state.open.insert(descriptor)
                return state.accepted
            }
            guard let number else {
                close(descriptor)
                break
            }
            Self.detach { [self] in
                LoopbackConnection(core: self, descriptor: descriptor, number: number).serve()
                state.withLock { state in
                    state.open.remove(descriptor)
                    close(descriptor)
                }
            }
        }
        close(listener.descriptor)
    }
}
