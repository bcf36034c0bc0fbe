import ArgumentParser

/// The development that a ruling is about.
struct DevelopmentArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The development, as `ctl developments` shows it.", valueName: "development"))
    var development: String
}
