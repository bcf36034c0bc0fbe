/// What `doctor` found out about one thing, and what to do about it.
struct Finding: Encodable, Equatable {
    /// The part of the system that the thing belongs to; findings are shown by it, in this order.
    enum Area: String, Encodable, CaseIterable {
        case configuration, storage, daemon, machine, sinks
    }

    /// Whether something is to be done. In the order of urgency.
    enum State: String, Encodable, CaseIterable {
        /// As it should be.
        case ok
        /// Worth knowing; nothing needs doing.
        case note
        /// It works, but something needs doing.
        case warn
        /// It does not work, or will not at the next start.
        case fail
    }

    let area: Area
    /// The thing in one word, or the name of the sink or feed.
    let check: String
    let state: State
    /// One sentence without a full stop.
    let finding: String
    /// What to do, likewise; nil when nothing is.
    let remedy: String?

    init(_ area: Area, _ check: String, _ state: State, _ finding: String, remedy: String? = nil) {
        self.area = area
        self.check = check
        self.state = state
        self.finding = finding
        self.remedy = remedy
    }

    var needsDoing: Bool { state == .warn || state == .fail }

    private enum CodingKeys: String, CodingKey {
        case area, check, state, finding, remedy
    }

    /// Written by hand so that an unknown remedy appears as null instead of a missing key.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(area, forKey: .area)
        try container.encode(check, forKey: .check)
        try container.encode(state, forKey: .state)
        try container.encode(finding, forKey: .finding)
        try container.encode(remedy, forKey: .remedy)
    }
}

/// What `doctor --json` prints.
struct HealthReport: Encodable {
    let findings: [Finding]

    /// Whether nothing needs doing.
    var isHealthy: Bool { !findings.contains(where: \.needsDoing) }

    private enum CodingKeys: String, CodingKey {
        case findings, healthy
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(findings, forKey: .findings)
        try container.encode(isHealthy, forKey: .healthy)
    }
}
