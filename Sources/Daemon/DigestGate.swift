import Foundation

/// Tells when what was held back for a digest is to be sent: once every feed that owes an answer has been
/// heard, or the wait has been long enough. A value with injected time.
package struct DigestGate: Sendable {
    /// A feed that is slow to answer holds up the digest for this long at most.
    package static let patience: TimeInterval = 120

    private var awaited: Set<String>
    private var deadline: Date

    /// - Parameters:
    ///   - awaited: feeds that have not answered since the daemon started, or ever.
    ///   - start: when the wait began.
    package init(awaited: Set<String>, start: Date) {
        self.awaited = awaited
        deadline = start.addingTimeInterval(Self.patience)
    }

    /// Whether digests may go out now.
    package func isOpen(now: Date) -> Bool {
        awaited.isEmpty || now >= deadline
    }

    /// When the gate opens by itself; nil once nothing is awaited.
    package var opensBy: Date? {
        awaited.isEmpty ? nil : deadline
    }

    /// Follows a clock that was set back by `seconds`.
    package mutating func turnBack(by seconds: TimeInterval) {
        deadline -= seconds
    }

    /// A feed has answered, or will not be asked any more: it is waited for no longer.
    package mutating func heard(_ feed: String) {
        awaited.remove(feed)
    }

    /// Feeds that came later are waited for too. A wait that has begun does not become longer by them: who adds a
    /// feed every minute still gets the digest.
    package mutating func await(_ feeds: some Sequence<String>, from now: Date) {
        if awaited.isEmpty { deadline = now.addingTimeInterval(Self.patience) }
        awaited.formUnion(feeds)
    }
}
