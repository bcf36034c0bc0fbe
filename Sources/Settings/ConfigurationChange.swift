/// One difference between two configurations, for the log and for whoever asked for the reload. Holds no secret:
/// of headers, credentials and addresses of endpoints only the key is named.
package struct ConfigurationChange: Sendable, Hashable {
    /// What happened to the thing.
    package enum Action: String, Sendable, CaseIterable {
        case added, removed, changed
    }

    /// What kind of thing changed.
    package enum Subject: String, Sendable, CaseIterable {
        case feed, sink, topic, lexicon, setting
    }

    package var action: Action
    package var subject: Subject
    /// Address of a feed, name of a sink, id of a topic, tag of a lexicon's language, or a key as `[poll] interval`.
    package var name: String
    /// What changed of it, as a phrase; nil where the action says all.
    package var detail: String?
    /// It holds from the next start on only.
    package var needsRestart: Bool

    /// All parts.
    package init(
        _ action: Action, _ subject: Subject, _ name: String, detail: String? = nil,
        needsRestart: Bool = false
    ) {
        self.action = action
        self.subject = subject
        self.name = name
        self.detail = detail
        self.needsRestart = needsRestart
    }
}
