import Settings

/// Checks a configuration as the daemon reads it; shared by `newswatch check` and `newswatchd --check`.
enum ConfigurationCheck {
    /// Prints what the configuration amounts to, or every fault of it. Throws ``CommandFailure`` with
    /// exit code 78 for faults.
    static func run(path: String, _ console: Console) throws {
        let configuration = try loading { () throws(ConfigurationFaults) in
            try ConfigurationReader.read(path: path, program: console.executablePath)
        }
        let topics = configuration.profiles.map(\.id).joined(separator: ", ")
        let sinks = configuration.sinks.map(\.name).joined(separator: ", ")
        try console.print("\(path): fine")
        try console.print("  feeds    \(configuration.feeds.count)")
        try console.print("  topics   \(topics)")
        try console.print("  sinks    \(sinks.isEmpty ? "none: nobody will be told anything" : sinks)")
        try console.print("  database \(configuration.databasePath)")
        try console.print("  socket   \(configuration.socketPath)")
        if let proxy = configuration.proxy {
            try console.print(
                "  proxy    \(proxy): it alone decides which addresses host names lead to; only literal "
                    + "addresses are checked here")
        }
    }

    /// Runs `read`; every fault becomes a line of the failure's message.
    static func loading<Value>(
        _ read: () throws(ConfigurationFaults) -> Value
    ) throws(CommandFailure) -> Value {
        do {
            return try read()
        } catch {
            throw CommandFailure(.configuration, lines: error.faults.map(\.description))
        }
    }
}
