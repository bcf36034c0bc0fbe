import Foundation
import LoopbackServer

/// The sample week told by the real daemon to a file and to a recording receiver, while it is killed as a plan says.
///
/// Owned by one test.
final class KilledWeek {
    /// What the sinks were told.
    struct Telling {
        /// Ids in the alert log, in order.
        var log: [String] = []
        /// Ids that the receiver got, in order, for each life of the daemon.
        var hook: [[String]] = []
        /// Ids that stood undelivered to the receiver when that life was ended.
        var undelivered: [Set<String>] = []
        /// Alerts that each step brought.
        var alertsOfSteps: [Int] = []
    }

    /// Stories that are published together.
    private static let storiesOfAStep = 2
    /// Kills within one step at most.
    private static let killsOfAStep: UInt32 = 4
    /// A delivery is given up after ten attempts, those that were cut off included: a week must stay below.
    private static let cutAttempts = 6

    private let outlet: Outlet
    private let room: Newsroom
    private let steps: [[Outlet.Story]]
    /// What an undisturbed week told; nil while that is found out.
    private let model: Telling?
    private var telling = Telling()
    private var published = 0
    private var requestsBefore: [Int] = []
    private var asker: RunningProgram?
    private var asksForStatus = false

    /// `model` is what an undisturbed week told, without which nothing is killed.
    init(model: Telling?) throws {
        outlet = try Outlet()
        room = try Newsroom(outlet: outlet, sinks: outlet.webhookSink)
        let stories = try SampleWeek.items().map(\.story)
        steps = stride(from: 0, to: stories.count, by: Self.storiesOfAStep).map {
            Array(stories[$0..<min($0 + Self.storiesOfAStep, stories.count)])
        }
        self.model = model
    }

    /// Plays the week and returns what was told. `count` is kept up to date; `onKill` is called after each kill.
    func play(_ plan: inout KillPlan, _ count: inout KillCount, onKill: (KillCount) -> Void) async throws
        -> Telling
    {
        try launch()
        try await room.waitForAnswer()
        try await room.waitForFirstContact()
        for number in steps.indices {
            let before = try room.alertIDs().count
            if model != nil { try await kill(in: number, &plan, &count, onKill: onKill) }
            publish(number)
            if !room.isRunning { try launch() }
            try await room.waitForAnswer()
            // The next step begins when this one was told, so that both weeks have the same order.
            try await room.waitForEntries(published)
            try await room.waitForDelivery()
            telling.alertsOfSteps.append(try room.alertIDs().count - before)
        }
        _ = try await room.stop()
        telling.undelivered.append([])
        let check = try await RunningProgram.run("newswatch", ["db", "check", "--database", room.database])
        guard check.exitCode == 0 else { throw Unsound(description: check.standardOutput) }
        telling.log = try room.alertIDs()
        telling.hook = hookByLife()
        count.repeats += telling.hook.joined().count - Set(telling.hook.joined()).count
        return telling
    }

    /// The database was found damaged.
    struct Unsound: Error, CustomStringConvertible {
        var description: String
    }

    // MARK: Killing

    private func kill(
        in step: Int, _ plan: inout KillPlan, _ count: inout KillCount, onKill: (KillCount) -> Void
    ) async throws {
        var remains: Remains?
        for _ in 0...plan.random(below: Self.killsOfAStep) {
            guard let window = plan.next(of: possible(in: step, after: remains)) else { return }
            let delay = plan.random(below: window.spreadMicroseconds)
            guard try await strike(window, in: step, delay: delay) else {
                count.missed(window)
                return
            }
            let left = try Remains(database: room.database)
            telling.undelivered.append(left.pending["hook", default: []])
            plan.hit(window)
            count.hit(window, remains: left, published: published)
            onKill(count)
            remains = left
        }
    }

    /// Windows whose fact can come. `remains` are those of the last kill within the step.
    private func possible(in step: Int, after remains: Remains?) -> [KillWindow] {
        let isNew = (remains?.entries ?? 0) < published || published < total(through: step)
        let brings = isNew && (model?.alertsOfSteps[step] ?? 0) > 0
        let isTried = (remains?.attempts ?? 0) >= Self.cutAttempts
        let toHook = !isTried && (brings || remains?.pending["hook"]?.isEmpty == false)
        let toFile = !isTried && (brings || remains?.pending["log"]?.isEmpty == false)
        return KillWindow.allCases.filter { window in
            switch window {
            case .starting: !room.isRunning
            case .feedAsked: true
            case .logGrows: isNew
            case .answerWithheld, .answerSent: toHook
            case .lineWritten: toFile
            }
        }
    }

    /// Lets the window come and kills the daemon in it; false when its fact did not come before all was told.
    private func strike(_ window: KillWindow, in step: Int, delay: UInt32) async throws -> Bool {
        let gate = LoopbackGate()
        if window == .answerWithheld { outlet.withhold(gate) }
        defer {
            gate.open()
            outlet.withhold(nil)
            asker = nil
        }
        // Until the document is asked for, the log grows by what was done before.
        for fact in window == .logGrows ? [KillWindow.feedAsked, .logGrows] : [window] {
            let before = fact == .starting ? 0 : mark(of: fact)
            publish(step)
            if !room.isRunning { try launch() }
            while mark(of: fact) <= before {
                if try ask() { return false }
                usleep(20)
            }
        }
        usleep(delay)
        try await room.kill()
        return true
    }

    /// A number that grows when the window's fact comes; seen without asking the daemon.
    private func mark(of window: KillWindow) -> Int {
        switch window {
        case .starting: room.isLocked ? 1 : 0
        case .feedAsked: outlet.feedRequests.count
        case .logGrows: room.bytes(of: "newswatch.db-wal")
        case .answerWithheld, .answerSent: outlet.hookRequests.count
        case .lineWritten: room.bytes(of: "alerts.log")
        }
    }

    /// Asks the daemon, without waiting, to poll and, in turn, how it is; true when all is stored and told.
    private func ask() throws -> Bool {
        if let asker, asker.isRunning { return false }
        defer { asksForStatus.toggle() }
        let answer = asker.map { Data($0.standardOutput.utf8) } ?? Data()
        asker = try RunningProgram(
            "newswatch", ["ctl", asksForStatus ? "status" : "poll", "--json", "--socket", room.socket])
        // Not a document while the daemon starts.
        guard let status = try? JSONSerialization.jsonObject(with: answer) as? [String: Any],
            let outbox = status["outbox"] as? [String: Any]
        else { return false }
        return status["entries"] as? Int == published && outbox["pending"] as? Int == 0
    }

    // MARK: The week

    private func total(through step: Int) -> Int { steps[...step].reduce(0) { $0 + $1.count } }

    /// Publishes a step's stories, once.
    private func publish(_ step: Int) {
        guard published < total(through: step) else { return }
        published = total(through: step)
        outlet.publish(steps[step])
    }

    private func launch() throws {
        requestsBefore.append(outlet.hookRequests.count)
        try room.launch()
    }

    private func hookByLife() -> [[String]] {
        let ids = outlet.hookIDs
        return requestsBefore.indices.map { life in
            let end = life + 1 < requestsBefore.count ? requestsBefore[life + 1] : ids.count
            return Array(ids[requestsBefore[life]..<end])
        }
    }
}
