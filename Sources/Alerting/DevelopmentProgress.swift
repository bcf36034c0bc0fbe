import Stories

/// What is more about a development than when it was told.
package struct DevelopmentProgress: Sendable, Hashable {
    /// Independent outlets at which more is known than before: a second one confirms it; at five and ten it is everywhere.
    private static let milestones = [2, 5, 10]

    private var outlets: Int
    private var milestone: Int?
    private var growth: Growth?

    /// Independent outlets that report it, with and without the entry at hand, and how its figure has grown; nil where
    /// that is nothing to tell.
    package init?(outlets: Int, before: Int, growth: Growth? = nil) {
        self.outlets = outlets
        milestone = Self.milestones.last { before < $0 && $0 <= outlets }
        self.growth = growth
        if milestone == nil, growth == nil { return nil }
    }

    /// What the same step of the same development has in common, whenever and however often it is decided.
    var steps: [String] {
        let outlets = milestone.map { [String($0)] } ?? []
        return outlets + (growth.map { ["figure", $0.to.description] } ?? [])
    }

    /// For people.
    var sentence: String {
        var sentences: [String] = []
        if let growth { sentences.append("The figure is \(growth.to) now, \(growth.from) before.") }
        if let milestone {
            sentences.append(
                milestone == 2
                    ? "A second outlet reports it in its own words."
                    : "\(outlets) independent outlets report it.")
        }
        return sentences.joined(separator: " ")
    }
}
