/// The body of `POST /api/v1/rulings`: what an operator says of a development.
package struct RulingRequest: Codable, Sendable, Equatable {
    /// What is said.
    package enum Action: String, Codable, Sendable, CaseIterable {
        /// `others` are the same happening.
        case merge
        /// `entries` report a happening of its own.
        case split
        /// Nothing more is told of it.
        case mute
        /// It was told in error.
        case retract
    }

    /// What is said.
    package var action: Action
    /// `dev_…` that it is said of.
    package var development: String
    /// Developments that are merged into it; for `merge` only.
    package var others: [String]
    /// Entries that are split from it; for `split` only.
    package var entries: [String]

    /// 1,000 ids in one request.
    package static let maximumIDs = 1000

    /// A request; lists that the action does not take are left empty.
    package init(action: Action, development: String, others: [String] = [], entries: [String] = []) {
        self.action = action
        self.development = development
        self.others = others
        self.entries = entries
    }

    /// Refuses unknown keys, lists that the action does not take, and empty ones that it needs.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        try container.refuseKeys(except: ["action", "development", "others", "entries"])
        action = try container.decode(Action.self, forKey: AnyKey("action"))
        development = try container.decode(String.self, forKey: AnyKey("development"))
        others = try container.decodeIfPresent([String].self, forKey: AnyKey("others")) ?? []
        entries = try container.decodeIfPresent([String].self, forKey: AnyKey("entries")) ?? []
        for (name, list, user) in [("others", others, Action.merge), ("entries", entries, .split)] {
            guard list.isEmpty != (action == user), list.count <= Self.maximumIDs else {
                throw DecodingError.dataCorruptedError(
                    forKey: AnyKey(name), in: container,
                    debugDescription: action == user
                        ? "needs 1 to \(Self.maximumIDs) ids" : "means nothing to \(action.rawValue)")
            }
        }
    }

    /// Writes no empty lists.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: AnyKey.self)
        try container.encode(action, forKey: AnyKey("action"))
        try container.encode(development, forKey: AnyKey("development"))
        if !others.isEmpty { try container.encode(others, forKey: AnyKey("others")) }
        if !entries.isEmpty { try container.encode(entries, forKey: AnyKey("entries")) }
    }
}
