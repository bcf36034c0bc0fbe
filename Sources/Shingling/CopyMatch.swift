/// How alike two texts are, measured on their sets of shingles.
public struct CopyMatch: Sendable, Equatable {
    /// Shingles in both.
    public var shared: Int
    /// Shared ÷ shingles of the smaller set, 0…1.
    public var containment: Double
    /// Shared ÷ shingles of both together, 0…1.
    public var jaccard: Double

    init(shared: Int, of first: Int, and second: Int) {
        self.shared = shared
        let smaller = min(first, second)
        containment = smaller == 0 ? 0 : Double(shared) / Double(smaller)
        let union = first + second - shared
        jaccard = union == 0 ? 0 : Double(shared) / Double(union)
    }
}
