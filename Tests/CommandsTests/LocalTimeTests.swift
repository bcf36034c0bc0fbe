import Foundation
import Testing

/// Times for people are those of their clocks, and say so; `--utc` and `--json` are in UTC.
@Suite struct LocalTimeTests {
    private func run(_ arguments: [String], zone: String) async throws -> CommandRun {
        let zone = try #require(TimeZone(identifier: zone))
        return try await SampleDaemon().serve { path in
            await CommandRun.program(
                ["newswatch"] + arguments + ["--socket", path],
                utcOffset: { zone.secondsFromGMT(for: $0) })
        }
    }

    @Test(arguments: [
        ("Europe/Berlin", "2023-11-17 21:28+01:00"), ("Asia/Kathmandu", "2023-11-18 02:13+05:45"),
        ("America/St_Johns", "2023-11-17 16:58-03:30"), ("UTC", "2023-11-17 20:28Z"),
    ])
    func tablesShowTheZonesTime(zone: String, time: String) async throws {
        for arguments in [["ctl", "developments"], ["explain", "entry_9"]] {
            let run = try await run(arguments, zone: zone)
            #expect(run.output.contains(time), "\(run.output)")
        }
    }

    @Test func summerTimeHoldsAtTheInstantThatIsShown() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        // The hour that comes twice: 00:30Z and 01:30Z on 29 October 2023 are both half past two.
        let items = ["2023-07-01T12:00:00Z", "2023-10-29T00:30:00Z", "2023-10-29T01:30:00Z"].enumerated().map
        {
            "<item><guid>\($0)</guid><title>T</title><dc:date>\($1)</dc:date></item>"
        }
        let feed = try folder.write(
            "feed.xml",
            "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>F</title>"
                + items.joined() + "</channel></rss>")
        for (options, times) in [
            ([], ["2023-07-01 14:00+02:00", "2023-10-29 02:30+02:00", "2023-10-29 02:30+01:00"]),
            (["--utc"], ["2023-07-01 12:00Z", "2023-10-29 00:30Z", "2023-10-29 01:30Z"]),
        ] {
            let run = await CommandRun.program(
                ["newswatch", "parse", feed] + options, utcOffset: { zone.secondsFromGMT(for: $0) })
            #expect(
                run.output == "\(feed): rss-2.0 “F”, 3 entries\n" + times.map { "  \($0)  T\n" }.joined())
        }
    }

    @Test func utcAndDocumentsForOthersAreInUTC() async throws {
        for arguments in [
            ["ctl", "developments", "--utc"], ["ctl", "developments", "--json"], ["ctl", "alerts", "--utc"],
            ["explain", "entry_9", "--utc"], ["explain", "entry_9", "--json"], ["timeline"],
        ] {
            let berlin = try await run(arguments, zone: "Europe/Berlin")
            #expect(berlin == (try await run(arguments, zone: "UTC")))
            #expect(berlin.code == 0 && berlin.output.contains("Z"))
        }
    }
}
