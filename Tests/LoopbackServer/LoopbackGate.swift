import Foundation

/// Holds answers back until it is opened. Sendable is unchecked because the condition guards the flag.
package final class LoopbackGate: @unchecked Sendable {
    private let condition = NSCondition()
    private var isOpen = false

    /// Closed.
    package init() {}

    /// Lets every answer go, those to come included.
    package func open() {
        condition.withLock {
            isOpen = true
            condition.broadcast()
        }
    }

    /// Returns when the gate is open, or `isOver` says that nobody waits any more; looks at it ten times a
    /// second.
    func wait(unless isOver: () -> Bool) {
        condition.withLock {
            while !isOpen, !isOver() { _ = condition.wait(until: Date(timeIntervalSinceNow: 0.1)) }
        }
    }
}
