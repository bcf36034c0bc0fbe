import Alerting
import ControlProtocol
import Foundation
import Storage
import Stories

/// What operators say of developments: stored, remembered and told in one step each.
extension Pipeline {
    /// Counts `others` as the same happening as `kept`, and tells so whoever was told of them.
    package func merge(_ others: [DevelopmentID], into kept: DevelopmentID, now: Date) throws -> RulingReceipt
    {
        var receipt = RulingReceipt(development: kept.rawValue)
        guard !others.contains(kept) else {
            throw ControlFailure.conflict("\(kept) cannot be merged into itself")
        }
        for other in others {
            let sent = try rule(now: now) { transaction, _ in
                let target = try self.known(kept, in: transaction)
                let source = try self.known(other, in: transaction)
                guard source.topic == target.topic else {
                    throw ControlFailure.conflict(
                        "\(other) is of the topic \(source.topic), \(kept) of \(target.topic)")
                }
                guard target.standing == .told || source.standing != .told else {
                    throw ControlFailure.conflict(
                        "\(kept) is \(target.standing.rawValue): merge it into \(other), or name another one")
                }
                let sent = try self.correct(source, .merged, other: target, now: now, in: transaction)
                try transaction.merge(other, into: kept)
                return (.merge(kept: kept, absorbed: other), sent)
            }
            receipt.alerts += sent.map(\.alert.id)
        }
        return receipt
    }

    /// Makes the entries, with their copies, a development of its own, tells it, and tells that it is none of `source`
    /// to whoever was told of that.
    package func split(
        _ entries: [EntryNumber], from source: DevelopmentID, now: Date
    ) throws -> RulingReceipt {
        var receipt = RulingReceipt(development: source.rawValue)
        let sent = try rule(now: now) { transaction, engine in
            let stored = try self.known(source, in: transaction)
            let moved = try transaction.withCopies(entries, in: source)
            if let stranger = entries.first(where: { !moved.contains($0) }) {
                throw ControlFailure.conflict("\(stranger.publicID) does not report \(source)")
            }
            guard !moved.contains(stored.entry) else {
                throw ControlFailure.conflict(
                    "\(stored.entry.publicID) opened \(source), which stays with it: split the others from it"
                )
            }
            guard let first = moved.first, let report = stored.sources.first(where: { $0.entry == first })
            else {
                throw ControlFailure.conflict("\(source) has no source of its own among these entries")
            }
            let opening = engine.opening(
                splitting: report.entry, from: stored.opening, topic: stored.topic, headline: report.title,
                time: report.published ?? stored.opening.firstPublished)
            try transaction.split(moved, from: source, into: opening, at: now)
            let parted = try self.known(opening.id, in: transaction)
            var sent = try self.correct(stored, .split, other: parted, now: now, in: transaction)
            sent += try self.tell(parted, now: now, in: transaction)
            return (.split(source: source, opened: opening.id, entries: moved), sent)
        }
        receipt.opened = sent.compactMap { $0.alert.developments.first?.rawValue }.first
        receipt.alerts = sent.map(\.alert.id)
        return receipt
    }

    /// Tells nothing more of the development.
    package func mute(_ development: DevelopmentID, now: Date) throws -> RulingReceipt {
        _ = try rule(now: now) { transaction, _ in
            _ = try self.known(development, in: transaction)
            try transaction.setStanding(.muted, of: development)
            return (.mute(development), [])
        }
        return RulingReceipt(development: development.rawValue)
    }

    /// Takes the development back: tells whoever was told of it that it does not stand.
    package func retract(_ development: DevelopmentID, now: Date) throws -> RulingReceipt {
        let sent = try rule(now: now) { transaction, _ in
            let stored = try self.known(development, in: transaction)
            guard stored.standing != .retracted else {
                throw ControlFailure.conflict("\(development) has been retracted already")
            }
            let sent = try self.correct(stored, .retracted, other: nil, now: now, in: transaction)
            try transaction.setStanding(.retracted, of: development)
            return (.retract(development), sent)
        }
        return RulingReceipt(development: development.rawValue, alerts: sent.map(\.alert.id))
    }

    private func known(_ id: DevelopmentID, in transaction: IngestTransaction) throws -> StoredDevelopment {
        guard let stored = try transaction.developments([id]).first else {
            throw ControlFailure.unknownDevelopment(id.rawValue)
        }
        if let other = stored.mergedInto {
            throw ControlFailure.conflict("\(id) has been merged into \(other)")
        }
        return stored
    }

    private func tell(
        _ stored: StoredDevelopment, now: Date, in transaction: IngestTransaction
    ) throws -> [AlertRouter.Sent] {
        try router.tell(
            AlertedDevelopment(stored, alertedAt: now, isLate: false), isLate: false, in: transaction)
    }

    /// Corrections go to whoever was told, each naming the alert that told it there.
    private func correct(
        _ stored: StoredDevelopment, _ action: DevelopmentCorrection.Action, other: StoredDevelopment?,
        now: Date, in transaction: IngestTransaction
    ) throws -> [AlertRouter.Sent] {
        let told = try transaction.told(stored.opening.id)
        func alerted(_ stored: StoredDevelopment) -> AlertedDevelopment {
            AlertedDevelopment(stored, alertedAt: stored.alertedAt ?? now, isLate: stored.isLate)
        }
        return try Set(told.values).sorted().flatMap { reverses in
            let alert = try AlertComposer.correction(
                alerted(stored), action: action, reverses: reverses, other: other.map(alerted), at: now)
            return try router.follow(
                alert, on: stored.opening.id, to: router.routes.filter { told[$0.sink] == reverses },
                now: now,
                in: transaction)
        }
    }

    private func rule(
        now: Date,
        _ body: (IngestTransaction, StoryEngine) throws -> (ruling: Ruling, result: [AlertRouter.Sent])
    ) throws -> [AlertRouter.Sent] {
        let sent = try core.rule(at: now, body)
        publish(sent)
        return sent
    }
}
