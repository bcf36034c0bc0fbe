import ControlProtocol

/// What a replay is to do.
package struct ReplayOptions: Sendable {
    /// The archive, JSON Lines.
    package var itemsPath: String
    /// Seconds of the archive in one second; nil does not wait between items.
    package var speed: Double?
    /// Chooses the speed so that the replay takes about this many seconds.
    package var duration: Double?
    /// Where database, log and timeline are kept; nil uses a folder that is removed afterwards.
    package var directory: String?
    /// Folder with `topics/` and `lexicon/`.
    package var configurationDirectory: String
    /// Renders the timeline that is left in `directory`.
    package var timeline: @Sendable ([DevelopmentDocument]) -> String

    /// All parts.
    package init(
        itemsPath: String, speed: Double?, duration: Double?, directory: String?,
        configurationDirectory: String,
        timeline: @escaping @Sendable ([DevelopmentDocument]) -> String
    ) {
        self.itemsPath = itemsPath
        self.speed = speed
        self.duration = duration
        self.directory = directory
        self.configurationDirectory = configurationDirectory
        self.timeline = timeline
    }
}
