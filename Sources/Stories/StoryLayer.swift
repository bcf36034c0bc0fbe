/// A part of the engine that can be left out, to show what it is worth: `scripts/fit-stories layers`.
package enum StoryLayer: String, Sendable, Codable, CaseIterable {
    /// The same guid or address is the same entry again; without it every entry is a new one.
    case identity
    /// Copies are folded with their originals; without it each is read and compared like any other text.
    case copies
    /// What entries claim is compared; without it claims only decide what may open a development.
    case claims
    /// Rare terms and rare claims weigh more; without it all weigh alike.
    case rarity
    /// Numbers are compared, as terms and as values.
    case numbers
    /// The opposite kind of event of the same actor contradicts.
    case opposites
    /// Days of quiet count, and after `StorySettings.phaseDays` of them nothing joins; so do the times that texts state.
    case time
}
