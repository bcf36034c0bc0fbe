/// When one text is a copy of another: by the true sets of shingles, never by an estimate.
public struct CopyRule: Sendable, Equatable, Codable {
    /// Shared ÷ smaller from which two texts are copies: on 65,000 pairs of labelled news word-3 containment ≥ 0.5
    /// found every copy with one false pair (`docs/copies.md`).
    public var containment: Double
    /// A set with fewer shingles is too small for a share to mean much: a headline, a caption.
    public var smallCount: Int
    /// Containment asked of small sets: one changed word in a headline takes three shingles away.
    public var smallContainment: Double
    /// Jaccard asked of small sets, so that a headline is no copy of the article that contains it.
    public var smallJaccard: Double
    /// A set with fewer shingles is a copy of nothing: "Live updates" names no text.
    public var minimumCount: Int

    /// The rule with the thresholds of `docs/copies.md`.
    public static let standard = CopyRule(
        containment: 0.5, smallCount: 10, smallContainment: 0.7, smallJaccard: 0.5, minimumCount: 3)

    /// A rule with thresholds of its own, all 0…1 but the counts, which are shingles.
    public init(
        containment: Double, smallCount: Int, smallContainment: Double, smallJaccard: Double,
        minimumCount: Int
    ) {
        self.containment = containment
        self.smallCount = smallCount
        self.smallContainment = smallContainment
        self.smallJaccard = smallJaccard
        self.minimumCount = minimumCount
    }

    /// What makes the two texts copies of each other, or nil if they are none. The order of the two does not matter.
    public func isCopy(a: ShingleSet, b: ShingleSet) -> CopyMatch? {
        isCopy(shared: a.shared(with: b), of: a.count, and: b.count)
    }

    /// The same for two sets of which the sizes and the number of common shingles are known.
    func isCopy(shared: Int, of first: Int, and second: Int) -> CopyMatch? {
        let match = CopyMatch(shared: shared, of: first, and: second)
        let smaller = min(first, second)
        guard smaller >= minimumCount else { return nil }
        if smaller < smallCount {
            return match.containment >= smallContainment && match.jaccard >= smallJaccard ? match : nil
        }
        return match.containment >= containment ? match : nil
    }
}
