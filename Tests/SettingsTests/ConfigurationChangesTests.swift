import Foundation
import Testing

@testable import Settings

@Suite struct ConfigurationChangesTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder.withLexicon()
        try folder.write("topics/ferry.toml", Samples.profile)
        try folder.write("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")
        try folder.write("password", "sesame\n")
    }

    /// One line for each difference, as `action subject name: detail`, with `!` where it needs a restart.
    private func changes(_ old: String, _ new: String) throws -> [String] {
        let old = try folder.read(old)
        return try folder.read(new).changes(since: old).map { change in
            let detail = change.detail.map { ": \($0)" } ?? ""
            return "\(change.action) \(change.subject) \(change.name)\(detail)"
                .replacingOccurrences(of: folder.path, with: "") + (change.needsRestart ? " !" : "")
        }
    }

    @Test func theSameTextIsNoChangeAndNeitherIsAnotherOrder() throws {
        let feeds = [
            "[[feed]]\nurl = \"https://a.example/\"\n", "[[feed]]\nurl = \"https://b.example/\"\n",
        ]
        #expect(try changes(feeds.joined(), feeds.joined()) == [])
        #expect(try changes(feeds.joined(), feeds.reversed().joined()) == [])
    }

    @Test func feedsComeGoAndChangeByTheirAddress() throws {
        #expect(
            try changes(
                """
                [[feed]]
                url = "https://a.example/"
                [[feed]]
                url = "https://b.example/"
                interval = "10m"
                headers = { X-Key = "sesame" }
                user = "reader"
                password_file = "password"
                """,
                """
                [[feed]]
                url = "https://b.example/"
                name = "B"
                interval = "20m"
                timeout = "5s"
                headers = { X-Key = "open" }
                user = "other"
                password_file = "password"
                [[feed]]
                url = "https://c.example/"
                """) == [
                    "removed feed https://a.example/",
                    "changed feed https://b.example/: name, interval, headers, user, timeout",
                    "added feed https://c.example/",
                ])
    }

    @Test func ofSinksOnlyTheKeysAreNamed() throws {
        let webhook = """
            [[sink]]
            name = "hook"
            type = "webhook"
            url = "https://hooks.example/secret-path"
            """
        #expect(
            try changes(
                webhook + "\n[[sink]]\nname = \"log\"\ntype = \"file\"\npath = \"a.log\"\n",
                """
                [[sink]]
                name = "hook"
                type = "webhook"
                url = "https://hooks.example/other-path"
                secret_file = "secret"
                allow_private = true
                [[sink]]
                name = "log"
                type = "stdout"
                """) == ["changed sink hook: url, secret_file, allow_private", "changed sink log: type"])
        #expect(
            try changes(
                "[[sink]]\nname = \"log\"\ntype = \"file\"\npath = \"a.log\"\n",
                "[[sink]]\nname = \"log\"\ntype = \"file\"\npath = \"b.log\"\nformat = \"json\"\n")
                == ["changed sink log: format, path"])
        let exec = "[[sink]]\nname = \"pager\"\ntype = \"exec\"\ncommand = "
        #expect(
            try changes(exec + "[\"/bin/true\"]\n", exec + "[\"/bin/true\", \"loudly\"]\n")
                == ["changed sink pager: command"])
    }

    @Test func topicsAndLanguagesAreComparedByTheirContent() throws {
        let old = try folder.read("[topics]\nprofiles = [\"topics/ferry.toml\"]\n")
        try folder.write(
            "topics/ferry.toml", Samples.profile.replacingOccurrences(of: "Harbour Line", with: "Bay Line"))
        try folder.write("lexicon/en.toml", Samples.lexicon.replacingOccurrences(of: "fired", with: "sacked"))
        try folder.write("lexicon/de.toml", "language = \"de\"\nfunction_words = [\"der\"]\n")
        let new = try folder.read("[topics]\nprofiles = [\"topics/ferry.toml\", \"everything\"]\n")
        #expect(
            new.changes(since: old).map { "\($0.action) \($0.subject) \($0.name)" } == [
                "changed topic ferry", "added topic everything", "added lexicon de", "changed lexicon en",
            ])
    }

    @Test func settingsTellBothValuesAndPathsNeedARestart() throws {
        #expect(
            try changes(
                "[database]\npath = \"a.db\"\n[control]\nsocket = \"a.sock\"\n",
                """
                [database]
                path = "b.db"
                retain = "90d"
                [control]
                socket = "b.sock"
                [poll]
                interval = "10m"
                min_interval = "90s"
                max_interval = "12h"
                host_gap = "2s"
                concurrency = 8
                contact = "https://example.org/about"
                allow_networks = ["127.0.0.0/8", "fd00::/8"]
                proxy = "http://proxy.example:3128"
                [stories]
                copy_window = "10d"
                first_contact = "silent"
                """) == [
                    "changed setting [database] path: /a.db → /b.db !",
                    "changed setting [database] retain: 400 days → 90 days",
                    "changed setting [control] socket: /a.sock → /b.sock !",
                    "changed setting [poll] interval: 15 min → 10 min",
                    "changed setting [poll] min_interval: 5 min → 1.5 min",
                    "changed setting [poll] max_interval: 24 h → 12 h",
                    "changed setting [poll] host_gap: 1 s → 2 s",
                    "changed setting [poll] concurrency: 64 → 8",
                    "changed setting [poll] contact: none → https://example.org/about",
                    "changed setting [poll] allow_networks: [] → [127.0.0.0/8, fd00::/8]",
                    "changed setting [poll] proxy: none → http://proxy.example:3128",
                    "changed setting [stories] copy_window: 30 days → 10 days",
                    "changed setting [stories] first_contact: digest → silent",
                ])
    }

    @Test func entriesAreKeptAtLeastAsLongAsTheyAreCompared() throws {
        let configuration = try folder.read(
            "[database]\nretain = \"2d\"\n[stories]\ncopy_window = \"30d\"\n")
        #expect(configuration.keptFor == .seconds(30 * 86_400))
        #expect(try folder.read("[database]\nretain = \"90d\"\n").keptFor == .seconds(90 * 86_400))
    }
}
