import ArgumentParser

/// `newswatch ctl developments`.
struct DevelopmentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "developments",
        abstract: "Lists what has happened, or corrects it.",
        discussion: """
            Without a verb it lists. Where newswatch took one happening for two, or two for one, say so: it \
            learns it for ever, and whoever was told is told of the correction.

            Examples:
              newswatch ctl developments
              newswatch ctl developments merge dev_4a1f20c97be35d86 dev_90b3c61d2e8f7a54
              newswatch ctl developments split dev_4a1f20c97be35d86 entry_17
              newswatch ctl developments mute dev_4a1f20c97be35d86
              newswatch ctl developments retract dev_4a1f20c97be35d86
            """,
        subcommands: [
            DevelopmentsListCommand.self, DevelopmentsMergeCommand.self, DevelopmentsSplitCommand.self,
            DevelopmentsMuteCommand.self, DevelopmentsRetractCommand.self,
        ], defaultSubcommand: DevelopmentsListCommand.self)
}
