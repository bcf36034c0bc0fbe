import Foundation

/// Notices that the clock was set back, for whoever keeps instants that lie ahead: on the new clock they would lie too
/// far ahead.
package struct ClockWatch: Sendable {
    private var last: Date
    private var lastUptime: Duration

    /// Watches the clock of `time` from now on.
    package init(_ time: any TimeSource) {
        last = time.now()
        lastUptime = time.uptime()
    }

    /// The present instant, and the seconds by which the clock was set back since the last look: 0 mostly.
    package mutating func look(at time: any TimeSource) -> (now: Date, setBack: TimeInterval) {
        let (now, uptime) = (time.now(), time.uptime())
        let expected = last.addingTimeInterval((uptime - lastUptime).seconds)
        (last, lastUptime) = (now, uptime)
        let back = expected.timeIntervalSince(now)
        return (now, back >= Self.tolerance ? back : 0)
    }

    /// Seconds; less is how time servers trim a clock.
    private static let tolerance: TimeInterval = 1
}
