import Foundation
import Testing

/// Ten thousand developments in one document: everything is told once to every sink.
@Suite(.seated) struct FloodUnderLoadTests {
    private static let count = 10_000

    /// Titles of events that have nothing in common.
    private static let stories = (0..<count).map { number in
        let words = (0..<6).map { place in word(UInt64(number * 6 + place)) }.joined(separator: " ")
        return Outlet.Story(id: "\(number)", title: words)
    }

    /// A word that no other number gives.
    private static func word(_ number: UInt64) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        var rest = number &* 0x9E37_79B9_7F4A_7C15
        var word = ""
        for _ in 0..<10 {
            word.append(letters[Int(rest % 26)])
            rest /= 26
        }
        return word
    }

    @Test func everyOneIsToldOnceToEverySink() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet, sinks: outlet.webhookSink)
        try room.configure(topics: [])
        try await room.start()
        try await room.waitForFirstContact()
        let start = ContinuousClock.now
        outlet.publish(Self.stories)
        try await RunningProgram.until("all entries", limit: .seconds(300)) {
            _ = try await room.ctl("poll")
            return try await room.entries() == Self.count
        }
        let stored = ContinuousClock.now - start
        try await RunningProgram.until("the outbox to empty", limit: .seconds(300)) {
            try await room.status("outbox", as: [String: Int].self)?["pending"] == 0
        }
        let told = ContinuousClock.now - start
        let developments = try #require(try await room.status("developments", as: Int.self))
        #expect(developments >= Self.count * 99 / 100)
        for ids in [try room.alertIDs(), outlet.hookIDs] {
            #expect(ids.count == developments)
            #expect(Set(ids).count == developments)
        }
        let memory = try #require(room.daemon).peakMemoryBytes >> 20
        print(
            "\(developments) developments at once: stored after \(stored.components.seconds) s, told to two sinks after "
                + "\(told.components.seconds) s, \(memory) MiB at most")
        _ = try await room.stop()
    }
}
