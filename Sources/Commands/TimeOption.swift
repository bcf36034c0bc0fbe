import ArgumentParser
import Foundation

/// In which zone a verb shows instants to people; `--json` is always in UTC.
struct TimeOption: ParsableArguments {
    @Flag(name: .long, help: "Show times in UTC instead of the local zone ($TZ).")
    var utc = false

    /// The instant to the minute with its offset from UTC; `-` for an unknown one.
    func minute(_ date: Date?, _ console: Console) -> String {
        TimeText.minute(date, offset: date.map { offset($0, console) } ?? 0)
    }

    /// The time of day to the second with its offset from UTC.
    func clock(_ date: Date, _ console: Console) -> String {
        TimeText.clock(date, offset: offset(date, console))
    }

    private func offset(_ date: Date, _ console: Console) -> Int { utc ? 0 : console.utcOffset(date) }
}
