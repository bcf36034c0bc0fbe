import Foundation
import Testing

/// kill -9 in the middle of the sample week: nothing is lost, invented or told twice.
@Suite(.serialized, .seated) struct KillTests {
    /// How often the long form kills; nil leaves it out.
    private static let longKills = ProcessInfo.processInfo.environment["NEWSWATCH_KILLS"].flatMap { Int($0) }
    /// Seed of the first week.
    private static let seed =
        ProcessInfo.processInfo.environment["NEWSWATCH_SEED"].flatMap { UInt64($0) } ?? 1

    @Test func aWeekWithTwentyKillsTellsWhatAnUndisturbedOneTells() async throws {
        let count = try await torture(kills: 20)
        #expect(count.hits >= 20)
        for window in KillWindow.allCases { #expect(count.hits(window) > 0, "\(window)") }
    }

    @Test(.enabled(if: longKills != nil, "SKIPPED: `make torture` kills 500 times"))
    func manyWeeksWithHundredsOfKillsTellTheSame() async throws {
        let kills = try #require(Self.longKills)
        let count = try await torture(kills: kills)
        #expect(count.hits >= kills)
        #expect(count.hits(.answerWithheld) * 10 >= kills)
        #expect(count.hits(.logGrows) * 10 >= kills)
    }

    /// Plays weeks until every window has had its share of `kills`, and holds each against an undisturbed one.
    private func torture(kills: Int) async throws -> KillCount {
        let start = ContinuousClock.now
        var plan = KillPlan(kills: kills, seed: Self.seed)
        var count = KillCount()
        let model = try await KilledWeek(model: nil).play(&plan, &count, onKill: { _ in })
        #expect(model.log.count > 5)
        #expect(Set(model.log) == Set(model.hook.joined()))
        var seed = Self.seed
        while !plan.isDone {
            plan.reseed(seed)
            let killed = try await KilledWeek(model: model).play(&plan, &count) { count in
                guard count.hits % 25 == 0 else { return }
                let seconds = (ContinuousClock.now - start).components.seconds
                say("\(count.hits) of \(kills) kills, \(seconds) s, seed \(seed)")
            }
            let faults = faults(of: killed, against: model)
            for fault in faults { Issue.record("seed \(seed): \(fault)") }
            guard faults.isEmpty else { break }
            seed += 1
        }
        let seconds = (ContinuousClock.now - start).components.seconds
        let alerts = model.log.count * Int(seed - Self.seed)
        say(
            "\(count.hits) kills over \(seed - Self.seed) weeks in \(seconds) s: \(alerts) alerts, "
                + "\(count.repeats) webhooks repeated\n\(count.table)")
        return count
    }

    /// What the killed week told otherwise than the model.
    private func faults(of week: KilledWeek.Telling, against model: KilledWeek.Telling) -> [String] {
        var faults: [String] = []
        if week.log != model.log { faults.append("the log is \(week.log), not \(model.log)") }
        let missing = Set(model.log).subtracting(week.hook.joined())
        let invented = Set(week.hook.joined()).subtracting(model.log)
        if !missing.isEmpty { faults.append("the webhook misses \(missing)") }
        if !invented.isEmpty { faults.append("the webhook invents \(invented)") }
        // An alert may come again only when it was on its way, or its delivery not yet noted, at the last kill.
        var lastLife: [String: Int] = [:]
        for (life, ids) in week.hook.enumerated() {
            for id in ids {
                if let last = lastLife[id],
                    last == life || !week.undelivered[last..<life].allSatisfy({ $0.contains(id) })
                {
                    faults.append("\(id) came in life \(last) and again in life \(life)")
                }
                lastLife[id] = life
            }
        }
        return faults
    }

    /// At once, so that a long run is seen to go on.
    private func say(_ text: String) {
        print(text)
        fflush(nil)
    }
}
