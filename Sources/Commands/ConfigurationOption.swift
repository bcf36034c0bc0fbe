import ArgumentParser

/// Which configuration a verb works on.
struct ConfigurationOption: ParsableArguments {
    /// Where the package and `make install` put it.
    static let standard = ConfigurationLocation.standard + "/newswatchd.toml"

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The daemon's configuration. (default: $NEWSWATCH_CONFIG, else \(standard))", valueName: "file"),
        completion: .file(extensions: ["toml"]))
    var config: String?

    /// The path that holds in this environment.
    func path(_ environment: [String: String]) -> String {
        if let config { return config }
        let fromEnvironment = environment["NEWSWATCH_CONFIG"] ?? ""
        return fromEnvironment.isEmpty ? Self.standard : fromEnvironment
    }
}
