import Foundation

/// The daemon's answer to `ctl reload`: what is different from the configuration that was in force before.
package struct ReloadDocument: Codable, Sendable, Equatable {
    /// One difference. Every key is always written; what the action says already has no detail.
    package struct Change: Codable, Sendable, Equatable {
        /// `added`, `removed` or `changed`.
        package var action: String
        /// `feed`, `sink`, `topic`, `lexicon` or `setting`.
        package var subject: String
        /// Address of a feed, name of a sink, id of a topic, tag of a language, or a key as `[poll] interval`.
        package var name: String
        /// What changed of it, as a phrase.
        package var detail: String?
        /// It holds from the next start on only.
        package var needsRestart: Bool

        /// All parts.
        package init(action: String, subject: String, name: String, detail: String?, needsRestart: Bool) {
            self.action = action
            self.subject = subject
            self.name = name
            self.detail = detail
            self.needsRestart = needsRestart
        }

        private enum CodingKeys: String, CodingKey {
            case action, subject, name, detail
            case needsRestart = "needs_restart"
        }

        /// Written by hand so that unknown values appear as null instead of missing keys.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(action, forKey: .action)
            try container.encode(subject, forKey: .subject)
            try container.encode(name, forKey: .name)
            try container.encode(detail, forKey: .detail)
            try container.encode(needsRestart, forKey: .needsRestart)
        }
    }

    /// The configuration's main file.
    package var file: String
    /// When it was read.
    package var loaded: Date
    /// None when the files say what they said before.
    package var changes: [Change]

    /// What a reload that succeeded brought.
    package init(file: String, loaded: Date, changes: [Change]) {
        self.file = file
        self.loaded = loaded
        self.changes = changes
    }
}
