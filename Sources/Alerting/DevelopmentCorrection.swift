/// A development that does not stand as it was told: its data as it was told, and what became of it.
package struct DevelopmentCorrection: Sendable, Hashable, Codable {
    /// What became of it.
    package enum Action: String, Sendable, Codable, CaseIterable {
        /// It is the same happening as another development, which was told too.
        case merged
        /// A part of what was told as one is a development of its own.
        case split
        /// It did not happen, or is none.
        case retracted
    }

    /// As it was told.
    package var development: AlertedDevelopment
    /// What became of it.
    package var action: Action
    /// Id of the alert or digest that told it.
    package var reverses: String
    /// The development that it is the same as, or that was parted from it.
    package var other: String?
    /// One sentence.
    package var correction: String

    /// All parts.
    package init(
        development: AlertedDevelopment, action: Action, reverses: String, other: String?, correction: String
    ) {
        self.development = development
        self.action = action
        self.reverses = reverses
        self.other = other
        self.correction = correction
    }

    private enum CodingKeys: String, CodingKey {
        case action, reverses, other, correction
    }

    package init(from decoder: any Decoder) throws {
        development = try AlertedDevelopment(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        action = try container.decode(Action.self, forKey: .action)
        reverses = try container.decode(String.self, forKey: .reverses)
        other = try container.decodeIfPresent(String.self, forKey: .other)
        correction = try container.decode(String.self, forKey: .correction)
    }

    package func encode(to encoder: any Encoder) throws {
        try development.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(action, forKey: .action)
        try container.encode(reverses, forKey: .reverses)
        try container.encodeIfPresent(other, forKey: .other)
        try container.encode(correction, forKey: .correction)
    }
}
