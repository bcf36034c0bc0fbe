import Foundation

/// A folder with a configuration, and the real daemon that lives in it.
///
/// Owned by one test.
final class Newsroom {
    let folder: URL
    private(set) var daemon: RunningProgram?

    /// What the daemon is started by, and where its database is.
    var launcher: [String] = []
    private let databasePath: String

    private let outlet: Outlet
    private let sinks: String

    /// Writes a configuration with the shipped topic and lexicon; `sinks` and `more` are appended as they are.
    /// `database` is relative to the folder.
    init(outlet: Outlet, sinks: String = "", more: String = "", database: String = "newswatch.db") throws {
        folder = try Repository.temporaryFolder("room")
        databasePath = database
        self.outlet = outlet
        self.sinks = sinks
        try configure(sinks: sinks, more: more)
    }

    /// Writes the configuration anew, in one step as an editor does that saves well. `stories` are lines of its
    /// table, `topics` paths of profiles; what is left out is as at first.
    func configure(
        stories: String = "", topics: [String] = [Newsroom.topic], sinks: String? = nil, more: String = ""
    ) throws {
        let text = """
            [database]
            path = "\(databasePath)"
            [control]
            socket = "control.sock"
            [poll]
            interval = "1s"
            min_interval = "1s"
            max_interval = "2s"
            host_gap = "0s"
            allow_networks = ["127.0.0.0/8"]
            [stories]
            lexicon = "\(Repository.etc.appending(path: "lexicon").path)"
            \(stories)
            [topics]
            profiles = [\(topics.map { "\"\($0)\"" }.joined(separator: ", "))]
            [[feed]]
            url = "\(outlet.feedURL)"
            name = "Harbour Courier"
            [[sink]]
            name = "log"
            type = "file"
            format = "json"
            path = "alerts.log"
            \(sinks ?? self.sinks)
            \(more)

            """
        try text.write(to: folder.appending(path: "newswatchd.toml"), atomically: true, encoding: .utf8)
    }

    /// The shipped profile.
    static let topic = Repository.etc.appending(path: "topics/openai-leadership.toml").path

    deinit {
        daemon?.send(signal: SIGKILL)
        // A folder left behind in the temporary directory harms no result.
        try? FileManager.default.removeItem(at: folder)
    }

    var configuration: String { folder.appending(path: "newswatchd.toml").path }
    var database: String { folder.appending(path: databasePath).path }
    var socket: String { folder.appending(path: "control.sock").path }

    /// Starts the daemon and waits until it answers.
    func start() async throws {
        try launch()
        try await waitForAnswer()
    }

    /// Starts the daemon.
    func launch() throws {
        daemon = try RunningProgram("newswatchd", ["--config", configuration], launcher: launcher)
    }

    /// Waits until the daemon answers.
    func waitForAnswer() async throws {
        try await RunningProgram.until("the daemon to answer\n\(daemon?.standardError ?? "")") {
            guard isRunning else {
                throw RunningProgram.TooSlow(description: "the daemon ended: \(daemon?.standardError ?? "")")
            }
            guard FileManager.default.fileExists(atPath: socket) else { return false }
            return try await self.ctl("status").exitCode == 0
        }
    }

    /// Whether the daemon was started and has not ended.
    var isRunning: Bool { daemon?.isRunning ?? false }

    /// Whether the daemon that was started last holds the lock of its database.
    var isLocked: Bool {
        guard let daemon, let holder = try? String(contentsOfFile: database + ".lock", encoding: .utf8) else {
            return false
        }
        return holder.contains("process \(daemon.processID))")
    }

    /// Size of a file of the folder; 0 when there is none.
    func bytes(of name: String) -> Int {
        var status = stat()
        return stat(folder.appending(path: name).path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Ends the daemon at once, as the kernel would.
    func kill() async throws {
        daemon?.send(signal: SIGKILL)
        _ = try await daemon?.wait()
    }

    /// Ends the daemon as an operator would, and returns how it ended.
    func stop() async throws -> RunningProgram.Result? {
        daemon?.send(signal: SIGTERM)
        return try await daemon?.wait(limit: .seconds(10))
    }

    func ctl(_ arguments: String...) async throws -> RunningProgram.Result {
        try await RunningProgram.run("newswatch", ["ctl"] + arguments + ["--socket", socket])
    }

    /// `newswatch db`, of the running daemon.
    func db(_ arguments: String...) async throws -> RunningProgram.Result {
        try await RunningProgram.run("newswatch", ["db"] + arguments + ["--socket", socket])
    }

    func json(_ arguments: String...) async throws -> Any {
        let result = try await RunningProgram.run(
            "newswatch",
            ["ctl"] + arguments + ["--json", "--socket", socket])
        return try JSONSerialization.jsonObject(with: Data(result.standardOutput.utf8))
    }

    /// One key of the status document.
    func status<Value>(_ key: String, as type: Value.Type = Value.self) async throws -> Value? {
        (try await json("status") as? [String: Any])?[key] as? Value
    }

    /// What `ctl feeds` says of the feed at `url`; nil when it is not configured.
    func feed(_ url: String) async throws -> [String: Any]? {
        (try await json("feeds") as? [[String: Any]])?.first { $0["url"] as? String == url }
    }

    /// Waits until the daemon has stored `count` entries of the feed at `url`, asking it to poll meanwhile.
    func waitForEntries(_ count: Int, of url: String) async throws {
        try await RunningProgram.until("\(count) entries of \(url)") {
            if try await self.feed(url)?["entry_count"] as? Int == count { return true }
            _ = try await self.ctl("poll")
            return false
        }
    }

    /// Number of entries that the daemon has stored; nil while it does not answer.
    func entries() async throws -> Int? {
        (try? await json("status") as? [String: Any])?["entries"] as? Int
    }

    /// Waits until the daemon has stored `count` entries, asking it to poll meanwhile.
    func waitForEntries(_ count: Int) async throws {
        try await RunningProgram.until("\(count) entries; there are \(String(describing: try? alertLog()))") {
            if try await self.entries() == count { return true }
            _ = try await self.ctl("poll")
            return false
        }
    }

    /// Waits until the feed's first document was taken in, so that what comes is news.
    func waitForFirstContact() async throws {
        try await RunningProgram.until("a first answer") {
            let feeds = try await self.json("feeds") as? [[String: Any]] ?? []
            return feeds.allSatisfy { $0["state"] as? String == "healthy" }
        }
    }

    /// Waits until nothing is pending in the outbox.
    func waitForDelivery() async throws {
        try await RunningProgram.until("the outbox to empty") {
            let status = try await self.json("status") as? [String: Any]
            return ((status?["outbox"] as? [String: Any])?["pending"] as? Int) == 0
        }
    }

    /// Alerts in the log: each line as an object.
    func alertLog() throws -> [[String: Any]] {
        let path = folder.appending(path: "alerts.log")
        guard FileManager.default.fileExists(atPath: path.path) else { return [] }
        return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        }
    }

    /// Ids in the log, in order: all, or those of one type.
    func alertIDs(type: String? = nil) throws -> [String] {
        try alertLog().filter { type == nil || $0["type"] as? String == type }.compactMap {
            $0["id"] as? String
        }
    }

    /// What the alerts tell, in their order: `new HEADLINE`, `late HEADLINE` or `digest HEADLINE, HEADLINE`.
    func told() throws -> [String] {
        try alertLog().map { alert in
            let data = alert["data"] as? [String: Any] ?? [:]
            let developments = data["developments"] as? [[String: Any]] ?? [data]
            let headlines = developments.map { $0["headline"] as? String ?? "?" }.joined(separator: ", ")
            let isLate = alert["type"] as? String == "development.new" && data["late"] as? Bool == true
            let word = alert["type"] as? String == "digest" ? "digest" : isLate ? "late" : "new"
            return "\(word) \(headlines)"
        }
    }
}
