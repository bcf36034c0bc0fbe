/// The two signatures by which copies of a text are looked for.
public struct CopySignatures: Sendable, Equatable {
    /// Shingles of the second signature: the title and about 60 words.
    public static let leadShingles = 70

    /// Of the whole text: finds copies of about the same length.
    public var whole: MinHashSignature
    /// Of title and beginning: finds teasers.
    public var lead: MinHashSignature

    /// The signatures of a text; nil if there is nothing in it.
    public init?(_ set: ShingleSet) {
        guard set.count > 0 else { return nil }
        whole = MinHashSignature(set)
        lead = set.count <= Self.leadShingles ? whole : MinHashSignature(set.values.prefix(Self.leadShingles))
    }

    /// Signatures that were stored.
    public init(whole: MinHashSignature, lead: MinHashSignature) {
        self.whole = whole
        self.lead = lead
    }
}
