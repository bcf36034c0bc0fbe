import Alerting
import Foundation
import Scheduling
import Storage
import Stories

/// Decides for each sink, by its policy, whether and when it is told, and puts that into the outbox. A value that
/// works within the transaction of whatever there is to tell: what is kept back survives a crash like what is sent.
package struct AlertRouter: Sendable {
    /// A sink, and what it wants.
    package struct Route: Sendable, Hashable {
        package var sink: String
        package var policy: SinkPolicy

        /// Both parts.
        package init(sink: String, policy: SinkPolicy) {
            self.sink = sink
            self.policy = policy
        }
    }

    /// An alert that was put into the outbox, and for whom.
    package struct Sent: Sendable {
        package var alert: Alert
        package var sinks: [String]
    }

    package let routes: [Route]

    /// Routes in the order of the configuration.
    package init(_ sinks: [SinkConfiguration]) {
        routes = sinks.map { Route(sink: $0.name, policy: $0.policy) }
    }

    // MARK: Developments

    /// Tells a development that nobody was told of, or whoever waited for another outlet. `only` names the sinks that
    /// are asked; nil stands for all.
    func tell(
        _ development: AlertedDevelopment, isLate: Bool, only: Set<String>? = nil,
        in transaction: IngestTransaction
    ) throws -> [Sent] {
        let id = DevelopmentID(rawValue: development.id)
        let now = development.alertedAt
        let told = try transaction.told(id)
        var sinks: [String] = []
        for route in routes where only?.contains(route.sink) ?? true {
            guard told[route.sink] == nil, route.policy.wants(development) else { continue }
            if let reason = try withholding(route, corroboration: development.corroboration, now, transaction)
            {
                try transaction.withhold(id, from: route.sink, because: reason, isLate: isLate)
            } else {
                sinks.append(route.sink)
            }
        }
        // Without any sink alerts are kept all the same, and count as told.
        guard !sinks.isEmpty || routes.isEmpty else { return [] }
        let alert = try AlertComposer.newDevelopment(development)
        return [try send(alert, to: sinks, isLate: isLate, in: transaction)]
    }

    /// Tells several in one message, to each sink those that it wants. Sinks that want the same get the same message.
    func digest(
        topic: String, reason: AlertDigest.Reason, _ developments: [AlertedDevelopment], now: Date,
        in transaction: IngestTransaction
    ) throws -> [Sent] {
        let isLate = reason == .late
        guard !routes.isEmpty else {
            let alert = try AlertComposer.digest(
                topic: topic, reason: reason, developments: developments, at: now)
            return [try send(alert, to: [], isLate: isLate, in: transaction)]
        }
        var told: [String: Set<String>] = [:]
        for development in developments {
            told[development.id] = Set(
                try transaction.told(DevelopmentID(rawValue: development.id)).keys)
        }
        var groups: [(developments: [AlertedDevelopment], sinks: [String])] = []
        for route in routes {
            var wanted: [AlertedDevelopment] = []
            for development in developments where route.policy.wants(development) {
                guard told[development.id]?.contains(route.sink) != true else { continue }
                if let reason = try withholding(
                    route, corroboration: development.corroboration, now, transaction)
                {
                    try transaction.withhold(
                        DevelopmentID(rawValue: development.id), from: route.sink, because: reason,
                        isLate: isLate)
                } else {
                    wanted.append(development)
                }
            }
            if let place = groups.firstIndex(where: { $0.developments == wanted }) {
                groups[place].sinks.append(route.sink)
            } else if !wanted.isEmpty {
                groups.append((wanted, [route.sink]))
            }
        }
        return try groups.map { group in
            let alert = try AlertComposer.digest(
                topic: topic, reason: reason, developments: group.developments, at: now)
            return try send(alert, to: group.sinks, isLate: isLate, in: transaction)
        }
    }

    /// Another entry reports developments: tells them to sinks that waited for enough outlets, and tells sinks that
    /// want updates when one more outlet matters or the figure of the first one has grown.
    func joined(
        _ ids: [DevelopmentID], by entry: EntryNumber, growth: Growth? = nil, now: Date,
        in transaction: IngestTransaction
    ) throws -> [Sent] {
        guard routes.contains(where: { $0.policy.minCorroboration > 1 || $0.policy.updates }) else {
            return []
        }
        var sent: [Sent] = []
        for stored in try transaction.developments(ids) where stored.standing == .told {
            let id = stored.opening.id
            let before = try transaction.told(id)
            let corroboration = stored.corroboration
            let waiting = try transaction.withheld(id).filter { $0.reason == .corroboration }.map(\.sink)
            let ready = routes.filter {
                waiting.contains($0.sink) && $0.policy.suffices(corroboration: corroboration)
            }.map(\.sink)
            let development = AlertedDevelopment(stored, alertedAt: now, isLate: stored.isLate)
            if !ready.isEmpty {
                for sink in ready { try transaction.release(id, to: sink) }
                sent += try tell(development, isLate: stored.isLate, only: Set(ready), in: transaction)
            }
            let progress = DevelopmentProgress(
                outlets: corroboration, before: stored.corroboration(without: entry),
                growth: id == ids.first ? growth : nil)
            guard let progress else { continue }
            let alert = try AlertComposer.update(development, progress, at: now)
            let readers = routes.filter { $0.policy.updates && before[$0.sink] != nil }
            sent += try follow(alert, on: id, to: readers, now: now, in: transaction)
        }
        return sent
    }

    /// Sends what is more to say of a development to sinks that were told of it; in quiet hours at their end.
    func follow(
        _ alert: Alert, on development: DevelopmentID, to readers: [Route], now: Date,
        in transaction: IngestTransaction
    ) throws -> [Sent] {
        guard !readers.isEmpty else { return [] }
        let outboxed = try OutboxAlert(alert, isLate: false)
        for route in readers {
            try transaction.enqueue(
                outboxed, sinks: [route.sink], notBefore: route.policy.quietHours?.end(at: now),
                following: development)
        }
        return [Sent(alert: alert, sinks: readers.map(\.sink))]
    }

    // MARK: What was kept back

    /// Sends what waited for the end of quiet hours or for room, one message for each topic and sink.
    func release(now: Date, in transaction: IngestTransaction) throws -> [Sent] {
        var sent: [Sent] = []
        for route in routes {
            let folded = try transaction.folded(sink: route.sink)
            guard !folded.isEmpty, try release(of: route, now: now, in: transaction) <= now else { continue }
            let reason: AlertDigest.Reason =
                folded.contains { $0.reason == .quietHours } ? .quietHours : .rate
            let stored = try transaction.developments(folded.map(\.development)).filter {
                $0.standing == .told
            }
            for development in folded { try transaction.release(development.development, to: route.sink) }
            let byTopic = Dictionary(grouping: stored, by: \.topic).sorted { $0.key < $1.key }
            for (topic, stored) in byTopic {
                let developments = stored.map {
                    AlertedDevelopment($0, alertedAt: now, isLate: $0.isLate)
                }
                let alert =
                    developments.count == 1
                    ? try AlertComposer.newDevelopment(developments[0])
                    : try AlertComposer.digest(
                        topic: topic, reason: reason, developments: developments, at: now)
                sent.append(try send(alert, to: [route.sink], isLate: false, in: transaction))
            }
        }
        return sent
    }

    /// When something that waits may be told next; nil when nothing waits.
    func nextRelease(now: Date, in transaction: IngestTransaction) throws -> Date? {
        try routes.compactMap { route in
            try transaction.folded(sink: route.sink).isEmpty
                ? nil : try release(of: route, now: now, in: transaction)
        }.min()
    }

    /// After the policies changed: sinks that waited for more outlets than they want now wait no longer.
    func reconsider(now: Date, in transaction: IngestTransaction) throws -> [Sent] {
        var sent: [Sent] = []
        for route in routes {
            for id in try transaction.uncorroborated(sink: route.sink) {
                guard let stored = try transaction.developments([id]).first,
                    route.policy.suffices(corroboration: stored.corroboration)
                else { continue }
                try transaction.release(id, to: route.sink)
                guard stored.standing == .told else { continue }
                sent += try tell(
                    AlertedDevelopment(stored, alertedAt: now, isLate: stored.isLate), isLate: stored.isLate,
                    only: [route.sink], in: transaction)
            }
        }
        return sent
    }

    // MARK: Everything else

    /// Sends a notice of a feed or of newswatch itself, except to the sink that it is about; notices of feeds wait for
    /// the end of quiet hours, those of faults do not.
    func notify(
        _ alert: Alert, kind: SinkPolicy.OtherKind, except sink: String? = nil, now: Date,
        in transaction: IngestTransaction
    ) throws -> [Sent] {
        let readers = routes.filter { $0.policy.wants(kind) && $0.sink != sink }
        guard !readers.isEmpty else { return [] }
        let outboxed = try OutboxAlert(alert, isLate: false)
        for route in readers {
            let end = kind == .service ? nil : route.policy.quietHours?.end(at: now)
            try transaction.enqueue(outboxed, sinks: [route.sink], notBefore: end)
        }
        return [Sent(alert: alert, sinks: readers.map(\.sink))]
    }

    /// Sends a sign of life to each sink that wants one and has had nothing for so long; none in quiet hours.
    func heartbeat(
        watching: Date, now: Date, sign: (Date) -> Heartbeat, in transaction: IngestTransaction
    ) throws -> [Sent] {
        try routes.compactMap { route in
            guard let interval = route.policy.heartbeat?.seconds, route.policy.quietHours?.end(at: now) == nil
            else { return nil }
            let last = max(
                try transaction.newestAlerts(sink: route.sink, count: 1).first ?? watching, watching)
            // After the clock was set back, one too many is better than a day of silence.
            guard now.timeIntervalSince(last) >= interval || last > now else { return nil }
            let alert = try AlertComposer.heartbeat(sign(last), sink: route.sink, at: now)
            return try send(alert, to: [route.sink], isLate: false, in: transaction)
        }
    }

    private func send(
        _ alert: Alert, to sinks: [String], isLate: Bool, in transaction: IngestTransaction
    ) throws -> Sent {
        try transaction.enqueue(try OutboxAlert(alert, isLate: isLate), sinks: sinks)
        return Sent(alert: alert, sinks: sinks)
    }

    /// Why a sink is not told now of a development that it wants; nil when it is.
    private func withholding(
        _ route: Route, corroboration: Int, _ now: Date, _ transaction: IngestTransaction
    ) throws -> Withholding? {
        guard route.policy.suffices(corroboration: corroboration) else { return .corroboration }
        return switch route.policy.reasonToFold(newest: try newest(route, in: transaction), now: now) {
        case .quietHours: .quietHours
        case .rate: .rate
        case .firstContact, .late, nil: nil
        }
    }

    private func release(of route: Route, now: Date, in transaction: IngestTransaction) throws -> Date {
        route.policy.release(newest: try newest(route, in: transaction), now: now)
    }

    /// Nothing is read for a sink that takes any number.
    private func newest(_ route: Route, in transaction: IngestTransaction) throws -> [Date] {
        guard let rate = route.policy.rate else { return [] }
        return try transaction.newestAlerts(sink: route.sink, count: rate.count)
    }
}
