import Foundation
import Synchronization
import Testing

/// Tests that start programs take a seat first, of which there are a few for each core. Dozens of daemons at once would
/// only show how slow a machine can be, and run into the time-outs that the product itself has.
struct SeatTrait: SuiteTrait, TestTrait, TestScoping {
    private static let seats = Seats(count: 5 * ProcessInfo.processInfo.activeProcessorCount)

    /// A seat for each test of a suite, none for the suite.
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        await Self.seats.take()
        defer { Self.seats.leave() }
        try await function()
    }
}

extension Trait where Self == SeatTrait {
    /// For every suite whose tests start programs.
    static var seated: Self { Self() }
}

/// So many at a time; who comes first sits first.
private final class Seats: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(count: Int) { state = Mutex(State(free: count)) }

    func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
