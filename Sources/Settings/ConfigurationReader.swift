import Alerting
import Foundation
import Scheduling
import Stories

/// Reads the daemon's configuration and the files it names, and tells every fault of all of them in one run.
package enum ConfigurationReader {
    /// The configuration of `newswatchd.toml` at `path`. Paths in it are relative to that file.
    ///
    /// `program` is the running program's own path; a lexicon that the file does not name is searched near
    /// it too; `firstList` says what to take for the first list of feeds. Without `readsLexicon` the lexicon is
    /// empty: who only works on feeds need not wait for it, nor mind its faults. `credentials` is the folder that
    /// systemd has laid this process's credentials in. Throws every fault of the file, its topic profiles, its lexicon
    /// and its lists of feeds.
    package static func read(
        path: String, program: String? = LexiconLocator.program, firstList: FirstFeedList = .file,
        readsLexicon: Bool = true,
        credentials: String? = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"]
    ) throws(ConfigurationFaults) -> NewswatchConfiguration {
        let faults = FaultCollector()
        let start = SourcePosition(line: 1, column: 1)
        guard
            var root = TableReader(
                path: path, referrer: path, position: start, what: "configuration", faults: faults)
        else { throw faults.collected() ?? ConfigurationFaults(faults: []) }

        let database = readDatabase(&root)
        let socketPath = readSocketPath(&root)
        let poll = PollReader.read(&root)
        let stories = readStories(&root)
        let profiles = readProfiles(&root)
        let feeds = FeedsReader.read(&root, firstList: firstList)
        let sinks = SinksReader.read(&root, credentials: credentials)
        root.finish(elsewhere: KeyHomes.home(of:))

        let lexicon =
            readsLexicon ? readLexicon(stories, profiles: profiles.paths, program: program, root) : []
        if let found = faults.collected() { throw found }
        return NewswatchConfiguration(
            databasePath: database.path, retain: database.retain, socketPath: socketPath, poll: poll.policy,
            contact: poll.contact, allowNetworks: poll.allowNetworks, proxy: poll.proxy,
            copyWindow: stories.copyWindow, firstContact: stories.firstContact, profiles: profiles.values,
            lexicon: Lexicon(languages: lexicon), feeds: feeds.feeds, feedOrigins: feeds.origins,
            feedLists: feeds.lists, sinks: sinks)
    }

    /// The topic profile at `path`; throws every fault of it.
    package static func profile(path: String) throws(ConfigurationFaults) -> TopicProfile {
        let faults = FaultCollector()
        let profile = TopicProfileReader.read(
            path: path, referrer: path, position: SourcePosition(line: 1, column: 1), faults: faults)
        if let found = faults.collected() { throw found }
        guard let profile else { throw ConfigurationFaults(faults: []) }
        return profile
    }

    /// The lexicon in `directory`, all its languages; throws every fault of its files.
    package static func lexicon(directory: String) throws(ConfigurationFaults) -> Lexicon {
        let faults = FaultCollector()
        let languages = LexiconReader.read(
            directory: directory, referrer: directory, position: SourcePosition(line: 1, column: 1),
            faults: faults)
        if let found = faults.collected() { throw found }
        return Lexicon(languages: languages)
    }

    private struct StorySettings {
        var copyWindow: Duration
        var firstContact: FirstContact
        var lexicon: (value: String, position: SourcePosition)?
    }

    private static func readDatabase(_ root: inout TableReader) -> (path: String, retain: Duration) {
        let file = root.file
        guard var table = root.table("database") else {
            return (ConfigurationDefaults.databasePath, ConfigurationDefaults.retain)
        }
        let path = table.text("path").map { TextFile.resolve($0.value, beside: file) }
        let retain = table.duration("retain", in: .seconds(86_400)...(.seconds(36_500 * 86_400)))
        table.finish(elsewhere: KeyHomes.home(of:))
        return (path ?? ConfigurationDefaults.databasePath, retain ?? ConfigurationDefaults.retain)
    }

    private static func readSocketPath(_ root: inout TableReader) -> String {
        guard var table = root.table("control") else { return ConfigurationDefaults.socketPath }
        let socket = table.text("socket")
        let path = socket.map { TextFile.resolve($0.value, beside: root.file) }
        if let socket, let path, path.utf8.count > ConfigurationDefaults.maxSocketPathBytes {
            table.fault(
                socket.position,
                "socket is \(path.utf8.count) bytes long as \(path), must be at most "
                    + "\(ConfigurationDefaults.maxSocketPathBytes)")
        }
        table.finish(elsewhere: KeyHomes.home(of:))
        return path ?? ConfigurationDefaults.socketPath
    }

    private static func readStories(_ root: inout TableReader) -> StorySettings {
        var settings = StorySettings(
            copyWindow: ConfigurationDefaults.copyWindow, firstContact: ConfigurationDefaults.firstContact)
        guard var table = root.table("stories") else { return settings }
        let window = table.duration("copy_window", in: .seconds(3600)...(.seconds(3650 * 86_400)))
        settings.copyWindow = window ?? settings.copyWindow
        settings.firstContact = table.choice("first_contact", of: FirstContact.self) ?? settings.firstContact
        settings.lexicon = table.text("lexicon")
        table.finish(elsewhere: KeyHomes.home(of:))
        return settings
    }

    private static func readProfiles(_ root: inout TableReader) -> (values: [TopicProfile], paths: [String]) {
        let builtIn: (values: [TopicProfile], paths: [String]) = ([.everything], [])
        guard var table = root.table("topics") else { return builtIn }
        let names = table.strings("profiles")
        table.finish(elsewhere: KeyHomes.home(of:))
        guard let names, !names.isEmpty else { return builtIn }
        var values: [TopicProfile] = []
        var paths: [String] = []
        var seen: [String: SourcePosition] = [:]
        for name in names {
            let path = TextFile.resolve(name.value, beside: root.file)
            if let first = seen[path] {
                root.fault(name.position, "profile \"\(name.value)\" is already named in line \(first.line)")
                continue
            }
            seen[path] = name.position
            guard name.value != TopicProfile.everything.id else {
                values.append(.everything)
                continue
            }
            paths.append(path)
            guard
                let profile = TopicProfileReader.read(
                    path: path, referrer: root.file, position: name.position, faults: root.faults)
            else { continue }
            if values.contains(where: { $0.id == profile.id }) {
                root.fault(name.position, "profile \(path) has the id \"\(profile.id)\" of another profile")
            } else {
                values.append(profile)
            }
        }
        return (values, paths)
    }

    private static func readLexicon(
        _ stories: StorySettings, profiles: [String], program: String?, _ root: TableReader
    ) -> [LexiconLanguage] {
        if let named = stories.lexicon {
            return LexiconReader.read(
                directory: TextFile.resolve(named.value, beside: root.file), referrer: root.file,
                position: named.position, faults: root.faults)
        }
        guard
            let directory = LexiconLocator.locate(
                configuration: root.file, profiles: profiles, program: program)
        else {
            root.fault(
                root.table.position,
                "no lexicon found: set [stories] lexicon to the directory that holds <language>.toml")
            return []
        }
        return LexiconReader.read(
            directory: directory, referrer: root.file, position: root.table.position, faults: root.faults)
    }
}
