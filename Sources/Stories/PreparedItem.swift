import Shingling

/// One item read and fingerprinted: pure, so it may be made away from the engine's owner.
package struct PreparedItem: Sendable {
    /// The item, its title and text freed of any markup that was left.
    package let item: StoryItem
    /// `StoryEngine.revision` of the engine that prepared it.
    package let revision: Int
    let whole: ShingleSet
    let signatures: CopySignatures?
    let text: ReadText
    var readings: [TopicReading]
    /// The text as a whole looks back, comments, or runs on.
    let isRecap: Bool
    let isOpinion: Bool
    let isLive: Bool
}
