import Foundation
import Shingling

@testable import Stories

/// The engine with a stream of news, and the shell's part in memory.
struct Newsroom {
    private var engine: StoryEngine
    private var stream: NewsStream
    private var texts: StoredTexts
    private var count = 0
    private let residentBefore: Int
    private let profile: TopicProfile
    private let lexicon: Lexicon

    init(lexicon: Lexicon, profile: TopicProfile) {
        residentBefore = Self.residentBytes
        engine = StoryEngine(profiles: [profile], lexicon: lexicon)
        stream = NewsStream(seed: 7, lexicon: lexicon, followed: profile.entities.map(\.name), share: 0.05)
        texts = StoredTexts()
        self.profile = profile
        self.lexicon = lexicon
    }

    /// Takes so many entries.
    mutating func fill(_ size: Int) {
        while count < size { _ = take(stream.next()) }
    }

    /// Prints what so many further decisions cost, by stage.
    mutating func measure(_ decisions: Int) {
        let resident = Self.residentBytes - residentBefore - texts.bytes
        var stages: [[Double]] = Array(repeating: [], count: Stage.allCases.count + 1)
        var outcomes: [Outcome: Int] = [:]
        let size = count
        for _ in 0..<decisions {
            let (times, decision) = take(stream.next())
            outcomes[decision.outcome, default: 0] += 1
            for (place, time) in times.enumerated() { stages[place].append(time) }
            stages[times.count].append(times.reduce(0, +))
        }
        print("\(size) entries stored, \(engine.developments(inTopic: profile.id).count) developments:"
            + " \(resident / size) bytes an entry; µs of processor time: median, 99th percentile, greatest")
        for (name, times) in zip(Stage.allCases.map(\.rawValue) + ["whole decision"], stages) {
            let sorted = times.sorted()
            print("  " + name.padding(toLength: 16, withPad: " ", startingAt: 0)
                + [0.5, 0.99, 1].map { share in
                    String(format: "%9.1f", sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))])
                }.joined())
        }
        print("  " + outcomes.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) \($0.key.rawValue)" }
            .joined(separator: ", "))
        fflush(nil)
    }

    private enum Stage: String, CaseIterable { case prepare, candidates, texts, decide, remember }

    /// One entry, as the daemon takes a document of one: with a mark to go back to, and the change encoded and decoded
    /// as storage would. Microseconds of each stage.
    private mutating func take(_ item: StoryItem) -> ([Double], Decision) {
        count += 1
        let number = EntryNumber(rawValue: Int64(count))
        var times: [Double] = []
        var last = Self.processorMicroseconds
        func lap() {
            let now = Self.processorMicroseconds
            times.append(now - last)
            last = now
        }
        let prepared = engine.prepare(item)
        lap()
        let mark = engine.mark
        let wanted = engine.candidates(for: prepared)
        lap()
        let evidence = Evidence(known: nil, texts: texts.texts(of: wanted))
        lap()
        let verdict = engine.decide(prepared, number: number, evidence: evidence)
        lap()
        engine.apply(verdict.change)
        withExtendedLifetime(mark) {}
        engine.reclaim()
        lap()
        texts.append(item)
        return (times, verdict.decisions[0])
    }

    /// Of this thread, so that other programs only cost what they do to the caches.
    private static var processorMicroseconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1000
    }

    private static var residentBytes: Int {
        guard let statm = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = statm.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return 0 }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}

/// Texts of the entries so far, as bytes in one place: what a database's page cache would have.
struct StoredTexts {
    private var stored: [UInt8] = []
    /// Where title and text of each entry end.
    private var ends: [(title: Int, text: Int)] = []

    var bytes: Int { stored.capacity + ends.capacity * MemoryLayout<(Int, Int)>.stride }

    mutating func append(_ item: StoryItem) {
        stored.append(contentsOf: item.title.utf8)
        let title = stored.count
        stored.append(contentsOf: item.text.utf8)
        ends.append((title, stored.count))
    }

    func texts(of entries: [EntryNumber]) -> [EntryNumber: StoredText] {
        var texts: [EntryNumber: StoredText] = [:]
        for entry in entries {
            let place = Int(entry.rawValue) - 1
            let start = place > 0 ? ends[place - 1].text : 0
            texts[entry] = StoredText(
                title: String(decoding: stored[start..<ends[place].title], as: UTF8.self),
                text: String(decoding: stored[ends[place].title..<ends[place].text], as: UTF8.self))
        }
        return texts
    }
}
