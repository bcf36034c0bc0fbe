import Stories

/// One line of `newswatch backtest --jsonl`. Every key is always written; what is not known is null.
package struct BacktestDecision: Sendable, Encodable {
    /// The item's id.
    package var id: String
    package var onTopic: Bool
    package var decision: Outcome
    /// Primary first; a copy lists its original's.
    package var developments: [String]
    /// Developments that the item opens.
    package var newDevelopments: [String]
    /// Id of the item whose text it copies.
    package var nearDuplicateOf: String?
    /// 0…1, see `Decision.score`.
    package var score: Double
    /// What the decision rests on, for people; not part of the line.
    package var reasons: [String]
    /// The developments that it opens, whole; not part of the line.
    package var openings: [Opening]

    private enum CodingKeys: String, CodingKey {
        case id
        case onTopic = "on_topic"
        case decision, developments
        case newDevelopments = "new_developments"
        case nearDuplicateOf = "near_duplicate_of"
        case score
    }

    /// The line on an item; `names` has the ids of entries before it.
    package init(id: String, decision: Decision, names: [EntryNumber: String]) {
        self.id = id
        onTopic = decision.onTopic
        self.decision = decision.outcome
        developments = decision.developments.map(\.rawValue)
        newDevelopments = decision.opened.map(\.id.rawValue)
        nearDuplicateOf = decision.nearDuplicateOf.flatMap { names[$0] }
        score = decision.score
        reasons = decision.reasons
        openings = decision.opened
    }

    /// An item that no profile wanted.
    init(offTopic id: String) {
        self.id = id
        onTopic = false
        decision = .offTopic
        developments = []
        newDevelopments = []
        nearDuplicateOf = nil
        score = 0
        reasons = []
        openings = []
    }

    /// Written by hand so that an unknown original appears as null instead of a missing key.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(onTopic, forKey: .onTopic)
        try container.encode(decision, forKey: .decision)
        try container.encode(developments, forKey: .developments)
        try container.encode(newDevelopments, forKey: .newDevelopments)
        try container.encode(nearDuplicateOf, forKey: .nearDuplicateOf)
        try container.encode(score, forKey: .score)
    }
}
