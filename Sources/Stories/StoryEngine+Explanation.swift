extension StoryEngine {
    /// What was read of an item, one line per topic: relevance, claims with flags and actors, for people.
    package func explainReading(_ item: PreparedItem) -> String {
        item.readings.map { reading in
            let claims = reading.reading.claims.map { claim in
                let flags = [
                    (Claim.Flags.negated, "not"), (.hedged, "perhaps"), (.background, "recalled"),
                    (.embedded, "within"),
                    (.again, "again"),
                ].filter { claim.flags.contains($0.0) }.map(\.1)
                let actors = claim.actors.map { reading.actorNames[$0] ?? "?" }
                return (["\(claim.place)", claim.kind.rawValue] + flags + actors).joined(separator: " ")
            }
            return "\(reading.relevance.score) [\(reading.relevance.words.joined(separator: ", "))] "
                + claims.joined(separator: "; ")
        }
        .joined(separator: "\n")
    }
}
