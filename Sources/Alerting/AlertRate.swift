import Foundation

/// How many alerts a sink wants in a time at most.
package struct AlertRate: Sendable, Hashable {
    /// 1 to `maxCount`.
    package let count: Int
    /// In seconds, above 0.
    package let window: TimeInterval

    /// 1,000: beyond it nobody reads.
    package static let maxCount = 1000

    /// Nil when `count` is not 1 to `maxCount` or the window is empty.
    package init?(count: Int, window: TimeInterval) {
        guard (1...Self.maxCount).contains(count), window > 0 else { return nil }
        self.count = count
        self.window = window
    }

    /// When the next alert may be sent, if that is after `now`; nil when it may be sent now.
    ///
    /// - Parameter newest: when the newest alerts were sent, at least `count` of them where there are so many, newest
    ///   first.
    package func nextRoom(newest: [Date], now: Date) -> Date? {
        // After the clock was set back, what was sent "later" must not hold up what comes.
        let newest = newest.filter { $0 <= now }
        guard newest.count >= count else { return nil }
        let room = newest[count - 1].addingTimeInterval(window)
        return room > now ? room : nil
    }
}
