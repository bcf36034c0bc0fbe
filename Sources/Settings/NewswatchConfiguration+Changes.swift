import Alerting
import Scheduling
import Stories

extension NewswatchConfiguration {
    /// What is different from `old`: feeds, sinks, topics and lexicon in this order, then single settings. A mere
    /// change of order is none.
    package func changes(since old: NewswatchConfiguration) -> [ConfigurationChange] {
        Self.changes(.feed, old.feeds, feeds, name: \.url, difference: Self.difference)
            + Self.changes(.sink, old.sinks, sinks, name: \.name, difference: Self.difference)
            + Self.changes(.topic, old.profiles, profiles, name: \.id) { $0 == $1 ? nil : [] }
            + Self.changes(.lexicon, old.lexicon.languages, lexicon.languages, name: \.language) {
                $0 == $1 ? nil : []
            }
            + settingChanges(since: old)
    }

    /// Things of one kind. `difference` returns the keys that differ, as far as they can be named, and nil for
    /// things that are alike.
    private static func changes<Thing>(
        _ subject: ConfigurationChange.Subject, _ old: [Thing], _ new: [Thing],
        name: (Thing) -> String, difference: (Thing, Thing) -> [String]?
    ) -> [ConfigurationChange] {
        let before = Dictionary(old.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.map(name))
        var changes = old.map(name).filter { !after.contains($0) }.map {
            ConfigurationChange(.removed, subject, $0)
        }
        for thing in new {
            guard let known = before[name(thing)] else {
                changes.append(ConfigurationChange(.added, subject, name(thing)))
                continue
            }
            guard let keys = difference(known, thing) else { continue }
            let detail = keys.isEmpty ? nil : keys.joined(separator: ", ")
            changes.append(ConfigurationChange(.changed, subject, name(thing), detail: detail))
        }
        return changes
    }

    private static func difference(_ old: ConfiguredFeed, _ new: ConfiguredFeed) -> [String]? {
        changed([
            ("name", old.name == new.name), ("interval", old.interval == new.interval),
            ("allow_private", old.allowPrivate == new.allowPrivate), ("headers", old.headers == new.headers),
            ("user", old.credentials?.user == new.credentials?.user),
            ("password_file", old.credentials?.passwordFile == new.credentials?.passwordFile),
            ("timeout", old.timeout == new.timeout),
        ])
    }

    private static func difference(_ old: SinkConfiguration, _ new: SinkConfiguration) -> [String]? {
        var keys = [("format", old.format == new.format)] + policyKeys(old.policy, new.policy)
        switch (old.destination, new.destination) {
        case (.stdout, .stdout): break
        case (.file(let before), .file(let after)): keys.append(("path", before == after))
        case (
            .webhook(let oldURL, let oldSecret, let oldPrivate),
            .webhook(let url, let secret, let allowPrivate)
        ):
            keys += [
                ("url", oldURL == url), ("secret_file", oldSecret == secret),
                ("allow_private", oldPrivate == allowPrivate),
            ]
        case (.exec(let before), .exec(let after)): keys.append(("command", before == after))
        case (.stdout, _), (.file, _), (.webhook, _), (.exec, _): keys.append(("type", false))
        }
        return changed(keys)
    }

    private static func policyKeys(_ old: SinkPolicy, _ new: SinkPolicy) -> [(String, Bool)] {
        [
            ("kinds", old.kinds == new.kinds), ("min_confidence", old.minConfidence == new.minConfidence),
            ("min_corroboration", old.minCorroboration == new.minCorroboration),
            ("languages", old.languages == new.languages), ("updates", old.updates == new.updates),
            ("quiet_hours", old.quietHours == new.quietHours), ("rate", old.rate == new.rate),
            ("heartbeat", old.heartbeat == new.heartbeat),
        ]
    }

    /// The keys that are not equal; nil when all are.
    private static func changed(_ keys: [(name: String, isEqual: Bool)]) -> [String]? {
        let changed = keys.filter { !$0.isEqual }.map(\.name)
        return changed.isEmpty ? nil : changed
    }

    private func settingChanges(since old: NewswatchConfiguration) -> [ConfigurationChange] {
        func change<Value: Equatable>(
            _ key: String, _ value: (NewswatchConfiguration) -> Value, needsRestart: Bool = false,
            text: (Value) -> String
        ) -> ConfigurationChange? {
            let (before, after) = (value(old), value(self))
            guard before != after else { return nil }
            return ConfigurationChange(
                .changed, .setting, key, detail: "\(text(before)) → \(text(after))",
                needsRestart: needsRestart)
        }
        let changes: [ConfigurationChange?] = [
            change("[database] path", \.databasePath, needsRestart: true) { $0 },
            change("[database] retain", \.retain, text: \.phrase),
            change("[control] socket", \.socketPath, needsRestart: true) { $0 },
            change("[poll] interval", \.poll.interval, text: \.phrase),
            change("[poll] min_interval", \.poll.minInterval, text: \.phrase),
            change("[poll] max_interval", \.poll.maxInterval, text: \.phrase),
            change("[poll] host_gap", \.poll.hostGap, text: \.phrase),
            change("[poll] concurrency", \.poll.concurrency) { "\($0)" },
            change("[poll] contact", \.contact) { $0 ?? "none" },
            change("[poll] allow_networks", \.allowNetworks) { "[\($0.joined(separator: ", "))]" },
            change("[poll] proxy", \.proxy) { $0 ?? "none" },
            change("[stories] copy_window", \.copyWindow, text: \.phrase),
            change("[stories] first_contact", \.firstContact, text: \.rawValue),
        ]
        return changes.compactMap { $0 }
    }
}
