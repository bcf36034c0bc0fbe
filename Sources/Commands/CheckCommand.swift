import ArgumentParser

/// `newswatch check`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks a configuration with all the files it names.",
        discussion: """
            Tells all faults in one run, each as FILE:LINE:COLUMN, and exits with 78. Neither polls nor opens \
            the database; a daemon may be running.

            Example:
              newswatch check /etc/newswatch/newswatchd.toml && systemctl reload newswatchd
            """)

    @Argument(
        help: ArgumentHelp("The configuration file.", valueName: "config"),
        completion: .file(extensions: ["toml"]))
    var config: String

    func run() async throws {
        try ConfigurationCheck.run(path: config, Console.current)
    }
}
