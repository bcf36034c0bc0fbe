import Foundation
import LoopbackServer
import Synchronization
import Testing

/// `ctl status` is what an operator asks when something is wrong: it answers however busy the daemon is.
@Suite(.serialized, .seated) struct StatusUnderLoadTests {
    private static let hosts = 50
    private static let feedsPerHost = 100
    private static let calls = 200

    /// A feed of `count` entries of about 1.5 KiB that nobody has seen before.
    private static func feed(_ name: String, entries count: Int) -> [UInt8] {
        let text = String(
            repeating: "The council of \(name) met and spoke about roads and ferries. ", count: 22)
        let items = (0..<count).map {
            "<item><guid>\(name)-\($0)</guid><title>\(name), sitting \($0)</title>"
                + "<description>\(text)\($0)</description></item>"
        }
        return Array(
            "<rss version=\"2.0\"><channel><title>\(name)</title>\(items.joined())</channel></rss>".utf8)
    }

    /// Every document is another one, so that no poll is over before it has begun.
    private static func answer(_ request: LoopbackRequest, host: Int, long: [UInt8]) -> LoopbackAnswer {
        let number = requests.add(1, ordering: .relaxed).newValue
        return request.path == "/long.xml"
            ? LoopbackAnswer(body: Array("<!-- \(number) -->".utf8) + long)
            : LoopbackAnswer(body: feed("\(host)-\(request.path.dropFirst())-\(number)", entries: 2))
    }

    private static let requests = Atomic<Int>(0)

    @Test func answersWhileFiveThousandFeedsAreDueAndALongDocumentIsParsed() async throws {
        // 14 MiB, below the limit of 16 MiB: a second and more of parsing, fingerprinting and storing.
        let long = Self.feed("long", entries: 9_000)
        let servers = try (0..<Self.hosts).map { host in
            try LoopbackServer(host: UInt16(host + 1)) { Self.answer($0, host: host, long: long) }
        }
        let addresses = servers.enumerated().flatMap { host, server in
            (0..<Self.feedsPerHost).map { server.url("/\($0)", host: "127.0.0.\(host + 2)") }
        }
        let longest = servers[0].url("/long.xml", host: "127.0.0.2")
        let outlet = try Outlet()
        let room = try Newsroom(
            outlet: outlet,
            more: ([longest] + addresses).map { "[[feed]]\nurl = \"\($0)\"" }.joined(separator: "\n"))
        try await room.start()

        var times: [Duration] = []
        var entries: [Int] = []
        for call in 0..<Self.calls {
            if call % 20 == 0 { _ = try await room.ctl("poll") }
            let start = ContinuousClock.now
            let answer = try await room.ctl("status", "--json")
            times.append(start.duration(to: .now))
            #expect(answer.exitCode == 0, "\(answer.standardError)")
            let status = try JSONSerialization.jsonObject(with: Data(answer.standardOutput.utf8))
            let document = status as? [String: Any]
            #expect((document?["feeds"] as? [String: Int])?["total"] == addresses.count + 2)
            entries.append(document?["entries"] as? Int ?? 0)
        }
        for server in servers { server.stop() }
        // The load was there all the time.
        for call in stride(from: 20, to: Self.calls, by: 20) { #expect(entries[call] > entries[call - 20]) }
        times.sort()
        print(
            "ctl status, \(Self.calls) calls, process start included: median \(times[Self.calls / 2]), "
                + "p99 \(times[Self.calls * 99 / 100]), slowest \(times[Self.calls - 1]); meanwhile "
                + "\(entries[Self.calls - 1] - entries[0]) entries of "
                + "\(Self.requests.load(ordering: .relaxed)) documents were stored")
        try await room.kill()
    }
}
