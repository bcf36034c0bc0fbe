import Foundation
import Testing

@testable import Settings

/// Whole output for whole files: every fault in one run, at its place.
@Suite struct FaultyConfigurationTests {
    private func check(_ text: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let folder = try TemporaryFolder.withLexicon()
        expectSame(try folder.faults(text), expected, sourceLocation: sourceLocation)
    }

    /// Tells the lines that differ.
    private func expectSame(
        _ actual: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let difference = actual.split(separator: "\n").difference(from: expected.split(separator: "\n")).map {
            switch $0 {
            case .remove(_, let line, _): "missing: \(line)"
            case .insert(_, let line, _): "told:    \(line)"
            }
        }
        #expect(actual == expected, "\(difference.joined(separator: "\n"))", sourceLocation: sourceLocation)
    }

    @Test func syntaxErrorIsTheOnlyFaultOfItsFile() throws {
        try check(
            "[database]\npath = \"a\n",
            "newswatchd.toml:2:10: Error while parsing string: unescaped control characters other than TAB (U+0009) are explicitly prohibited"
        )
    }

    @Test func keyGivenTwiceIsASyntaxError() throws {
        let folder = try TemporaryFolder.withLexicon()
        let faults = try folder.faults("[poll]\ninterval = \"1m\"\ninterval = \"2m\"\n")
        #expect(faults.hasPrefix("newswatchd.toml:3:"))
        #expect(faults.contains("interval"))
    }

    @Test func unknownKeysNameTheNearestKnownOne() throws {
        try check(
            """
            [databse]
            path = "a"
            [poll]
            intervall = "15m"
            [http]
            listen = "127.0.0.1:9587"
            [stories]
            firstcontact = "digest"
            """,
            """
            newswatchd.toml:1:2: unknown key "databse" (did you mean "database"?)
            newswatchd.toml:4:1: unknown key "intervall" in [poll] (did you mean "interval"?)
            newswatchd.toml:5:2: unknown key "http" (nearest known key: "feed")
            newswatchd.toml:8:1: unknown key "firstcontact" in [stories] (did you mean "first_contact"?)
            """)
    }

    @Test func keyBelowTheWrongHeaderIsSentHome() throws {
        try check(
            """
            opml = ["feeds.opml"]
            [database]
            path = "a"
            copy_window = "3d"
            [[feed]]
            url = "https://example.org/"
            concurrency = 3
            """,
            """
            newswatchd.toml:1:1: unknown key "opml" (opml belongs in [feeds])
            newswatchd.toml:4:1: unknown key "copy_window" in [database] (copy_window belongs in [stories])
            newswatchd.toml:7:1: unknown key "concurrency" in [[feed]] (concurrency belongs in [poll])
            """)
    }

    @Test func wrongTypesAreToldWithTheRightOne() throws {
        try check(
            """
            control = "socket"
            feed = "https://example.org/"
            [database]
            path = 7
            retain = 400
            [poll]
            concurrency = "64"
            allow_networks = "10.0.0.0/8"
            [topics]
            profiles = [1, ""]
            [[sink]]
            name = true
            type = "stdout"
            """,
            """
            newswatchd.toml:1:11: control is a string, must be a table, [control]
            newswatchd.toml:2:8: feed is a string, must be tables, [[feed]]
            newswatchd.toml:4:8: path is an integer, must be a string
            newswatchd.toml:5:10: retain is an integer, must be a duration such as "15m"
            newswatchd.toml:7:15: concurrency is a string, must be an integer
            newswatchd.toml:8:18: allow_networks is a string, must be an array of strings
            newswatchd.toml:10:13: profiles holds an integer, must hold strings only
            newswatchd.toml:10:16: profiles holds an empty string
            newswatchd.toml:12:8: name is a boolean, must be a string
            """)
    }

    @Test func durationsMustBeOnesAndInRange() throws {
        try check(
            """
            [database]
            retain = "1h"
            [poll]
            interval = "15"
            min_interval = "0s"
            max_interval = "-1h"
            host_gap = "99999999999999999999s"
            [stories]
            copy_window = "9223372036854775807d"
            [[feed]]
            url = "https://example.org/"
            interval = "31d"
            timeout = "1h"
            """,
            """
            newswatchd.toml:2:10: retain is 1h, must be 1d to 36500d
            newswatchd.toml:4:12: interval is not a duration: "15" (a whole number and s, m, h or d, such as "15m")
            newswatchd.toml:5:16: min_interval is 0s, must be 1s to 30d
            newswatchd.toml:6:16: max_interval is not a duration: "-1h" (a whole number and s, m, h or d, such as "15m")
            newswatchd.toml:7:12: host_gap is not a duration: "99999999999999999999s" (a whole number and s, m, h or d, such as "15m")
            newswatchd.toml:9:15: copy_window is not a duration: "9223372036854775807d" (a whole number and s, m, h or d, such as "15m")
            newswatchd.toml:12:12: interval is 31d, must be 1s to 30d
            newswatchd.toml:13:11: timeout is 1h, must be 1s to 10m
            """)
    }

    @Test func boundsOfTheIntervalMustBeInOrder() throws {
        try check(
            "[poll]\nmax_interval = \"1m\"\ninterval = \"10m\"\nmin_interval = \"1h\"\nconcurrency = 0\n",
            """
            newswatchd.toml:2:16: max_interval is 1m, must not be below interval, 10m
            newswatchd.toml:3:12: interval is 10m, must not be below min_interval, 1h
            newswatchd.toml:5:15: concurrency is 0, must be 1 to 4096
            """)
    }

    @Test func policiesOfSinksMustMakeSense() throws {
        try check(
            """
            [[sink]]
            name = "a"
            type = "stdout"
            kinds = ["removl", "service", "award"]
            min_confidence = "sure"
            min_corroboration = 0
            languages = ["en", "deutsch", "zh-Hant"]
            quiet_hours = "22-7"
            rate = "6 per hour"
            updates = "yes"
            heartbeat = "1s"
            """,
            """
            newswatchd.toml:4:10: kinds holds "removl", which is no kind (did you mean "removal"?)
            newswatchd.toml:5:18: min_confidence is "sure", must be one of "low", "medium", "high"
            newswatchd.toml:6:21: min_corroboration is 0, must be 1 to 1000
            newswatchd.toml:7:20: languages holds "deutsch", must hold tags such as "en" or "zh-Hant"
            newswatchd.toml:8:15: quiet_hours is "22-7", must be such as "22:00-07:00" or "22:00-07:00 Europe/Paris"
            newswatchd.toml:9:8: rate is "6 per hour", must be such as "6/1h": 1 to 1000 alerts and a duration
            newswatchd.toml:10:11: updates is a string, must be a boolean, true or false
            newswatchd.toml:11:13: heartbeat is 1s, must be 1m to 30d
            """)
    }

    @Test func addressesMustBeUsable() throws {
        try check(
            """
            [poll]
            contact = "ask (me)"
            allow_networks = ["10.0.0.0", "10.0.0.0/33", "::1/128", "localhost/8"]
            proxy = "ftp://proxy.example"
            [[feed]]
            url = "example.org/feed"
            [[feed]]
            url = "ftp://example.org/feed"
            [[feed]]
            url = "https:///feed"
            [[feed]]
            url = "https://example.org:99999/feed"
            [[feed]]
            url = "https://me:secret@example.org/feed"
            [[feed]]
            url = "https://example.org/a b"
            [[feed]]
            url = ""
            [[feed]]
            name = "nothing else"
            """,
            """
            newswatchd.toml:2:11: contact must be the URL of a page or a mail address
            newswatchd.toml:3:19: allow_networks: "10.0.0.0" is not a network such as "127.0.0.0/8" or "fd00::/8"
            newswatchd.toml:3:31: allow_networks: "10.0.0.0/33" is not a network such as "127.0.0.0/8" or "fd00::/8"
            newswatchd.toml:3:57: allow_networks: "localhost/8" is not a network such as "127.0.0.0/8" or "fd00::/8"
            newswatchd.toml:4:9: proxy "ftp://proxy.example" has the scheme ftp, must be http:// or https:// or socks4:// or socks4a:// or socks5:// or socks5h://
            newswatchd.toml:6:7: url "example.org/feed" is not a URL (http:// or https://)
            newswatchd.toml:8:7: url "ftp://example.org/feed" has the scheme ftp, must be http:// or https://
            newswatchd.toml:10:7: url "https:///feed" names no host
            newswatchd.toml:12:7: url "https://example.org:99999/feed" has a port outside 1 to 65535
            newswatchd.toml:14:7: url "https://…@example.org/feed" holds credentials: they belong in user and password_file
            newswatchd.toml:16:7: url "https://example.org/a b" holds a space or control character
            newswatchd.toml:18:7: url is empty
            newswatchd.toml:19:1: [[feed]] has no url
            """)
    }

    @Test func duplicateFeedsAreToldAcrossFiles() throws {
        let folder = try TemporaryFolder.withLexicon()
        try folder.write("a.opml", Samples.opml)
        try folder.write("b.opml", Samples.opml)
        expectSame(
            try folder.faults(
                """
                [feeds]
                opml = ["a.opml", "b.opml", "a.opml"]
                [[feed]]
                url = "https://example.org/feed"
                [[feed]]
                url = "HTTPS://Example.ORG:443/feed#top"
                [[feed]]
                url = "https://news.example.com/rss"
                """),
            """
            newswatchd.toml:2:29: opml "a.opml" is already named in line 2
            newswatchd.toml:6:7: duplicate feed "HTTPS://Example.ORG:443/feed#top", first at line 4
            a.opml:3:3: duplicate feed "https://news.example.com/rss", first at newswatchd.toml:8
            b.opml:3:3: duplicate feed "https://news.example.com/rss", first at newswatchd.toml:8
            b.opml:4:3: duplicate feed "http://other.example.com:8080/atom", first at a.opml:4
            """)
    }

    @Test func filesThatAreNamedMustBeThere() throws {
        let folder = try TemporaryFolder.withLexicon()
        try folder.write("list.opml", "no list at all")
        expectSame(
            try folder.faults(
                """
                [topics]
                profiles = ["topics/gone.toml", "everything", "everything"]
                [feeds]
                opml = ["gone.opml", "list.opml", "lexicon"]
                [stories]
                lexicon = "elsewhere"
                [[feed]]
                url = "https://example.org/"
                user = "me"
                password_file = "gone"
                [[feed]]
                url = "https://example.com/"
                user = "me"
                """
            ).split(separator: "\n").filter { !$0.hasPrefix("list.opml:1:") }.joined(separator: "\n"),
            """
            newswatchd.toml:2:13: topic profile topics/gone.toml: no such file
            newswatchd.toml:2:47: profile "everything" is already named in line 2
            newswatchd.toml:4:9: opml gone.opml: no such file
            newswatchd.toml:4:35: opml lexicon: is a directory
            newswatchd.toml:6:11: lexicon elsewhere: no such directory, or not readable
            newswatchd.toml:10:17: password_file gone: no such file
            newswatchd.toml:13:8: user needs password_file
            """)
        #expect(try folder.faults("feeds.opml = ['list.opml']").hasPrefix("list.opml:1:"))
    }

    @Test func withoutAnyLexiconNothingStarts() throws {
        let folder = try TemporaryFolder()
        try #require(
            LexiconLocator.locate(configuration: folder.path + "/newswatchd.toml", program: nil) == nil,
            "a lexicon is installed on this machine")
        expectSame(
            try folder.faults(""),
            "newswatchd.toml:1:1: no lexicon found: set [stories] lexicon to the directory that holds <language>.toml"
        )
    }

    @Test func headersMayNotBreakARequest() throws {
        try check(
            """
            [[feed]]
            url = "https://example.org/"
            [feed.headers]
            "X Key" = "a"
            If-None-Match = "x"
            X-Number = 3
            X-Break = "a\\r\\nHost: evil"
            X-Fine = "yes"
            """,
            """
            newswatchd.toml:4:1: "X Key" is not the name of a header
            newswatchd.toml:5:1: header If-None-Match is written by the daemon itself
            newswatchd.toml:6:12: header X-Number is an integer, must be a string
            newswatchd.toml:7:11: header X-Break holds a control character
            """)
    }

    @Test func sinksMustBeWhole() throws {
        let folder = try TemporaryFolder.withLexicon()
        try folder.write("short", "whsec_c2hvcnQ=\n")
        try folder.write("open", "swordfish\n")
        expectSame(
            try folder.faults(
                """
                [[sink]]
                name = "a"
                type = "stdout"
                path = "x"
                [[sink]]
                name = "a"
                type = "file"
                [[sink]]
                type = "webhook"
                format = "text"
                secret_file = "short"
                [[sink]]
                name = "b c"
                type = "slack"
                [[sink]]
                name = "d"
                type = "webhook"
                url = "hooks.example.org"
                secret_file = "open"
                """),
            """
            newswatchd.toml:4:1: path means nothing to a stdout sink
            newswatchd.toml:5:1: [[sink]] has no path
            newswatchd.toml:6:8: duplicate sink name "a", first in line 2
            newswatchd.toml:8:1: [[sink]] has no name
            newswatchd.toml:8:1: [[sink]] has no url
            newswatchd.toml:10:10: format is "text", must be one of "json", "slack", "discord", "ntfy", "matrix", "teams" for a webhook sink
            newswatchd.toml:11:15: secret_file short: line 1 has a key of 5 bytes, must be 24 to 64
            newswatchd.toml:13:8: name "b c" must be up to 64 of A-Z, a-z, 0-9, -, _ and .
            newswatchd.toml:14:8: type is "slack", which is a format: type = "webhook", format = "slack"
            newswatchd.toml:18:7: url is not a URL (http:// or https://)
            newswatchd.toml:19:15: secret_file open: line 1 is not whsec_ followed by base64
            """)
    }

    @Test func faultsOfTopicProfilesFollowThoseOfTheMainFile() throws {
        let folder = try TemporaryFolder.withLexicon()
        try folder.write(
            "topics/a.toml",
            """
            id = "Not Allowed"
            [[entity]]
            id = "x"
            name = "X"
            kind = "human"
            role = ["ceo"]
            [[entity]]
            id = "x"
            name = "Y"
            kind = "person"
            roles = ["boss"]
            [[entity]]
            aliases = ["Z"]
            [context]
            terms = ["~ start", "a *", "in*side", "fine*"]
            kinds = ["removl", "return"]
            [[exclusion]]
            unless = ["x"]
            """)
        try folder.write("topics/b.toml", "id = \"b\"\nname = \"B\"\n")
        try folder.write("topics/c.toml", "id = \n")
        try folder.write("topics/d.toml", "id = \"everything\"\nname = \"D\"\n[context]\nterms = [\"x\"]\n")
        expectSame(
            try folder.faults(
                """
                [topics]
                profiles = ["topics/a.toml", "topics/b.toml", "topics/c.toml", "topics/d.toml"]
                [[sink]]
                name = "x"
                """),
            """
            newswatchd.toml:3:1: [[sink]] has no type
            topics/a.toml:1:1: the file has no name
            topics/a.toml:1:6: id "Not Allowed" must be up to 64 of a-z, 0-9 and -
            topics/a.toml:5:8: kind is "human", must be one of "person", "organization", "place", "thing"
            topics/a.toml:6:1: unknown key "role" in [[entity]] (did you mean "roles"?)
            topics/a.toml:11:10: unknown word "boss" in roles (nearest known key: "board")
            topics/a.toml:12:1: [[entity]] has no id
            topics/a.toml:12:1: [[entity]] has no name
            topics/a.toml:12:1: [[entity]] has no kind
            topics/a.toml:15:10: pattern "~ start" of terms begins or ends with ~, which stands between words
            topics/a.toml:15:21: pattern "a *" of terms has a * without letters
            topics/a.toml:15:28: pattern "in*side" of terms has a * inside a word
            topics/a.toml:16:10: unknown word "removl" in kinds (did you mean "removal"?)
            topics/a.toml:17:1: [[exclusion]] has no terms
            topics/b.toml:1:1: the profile has neither [[entity]] nor terms in [context]
            topics/c.toml:1:6: Error while parsing key-value pair: expected value, saw '\\n'
            topics/d.toml:1:6: id "everything" is the built-in profile's
            """)
    }

    @Test func faultsOfTheLexiconAreTold() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "lexicon/en.toml",
            """
            language = "de"
            matching = "letters"
            months = ["january"]
            negation = ["not"]
            [numbers]
            one = "1"
            two = -2
            three = nan
            [kinds]
            removal = ["fired", 7]
            firing = ["axed"]
            [markers]
            negation = "not"
            [roles]
            ceo = [""]
            """)
        try folder.write("lexicon/fr.toml", "[kinds]\n")
        try folder.write("lexicon/notes.txt", "not read")
        expectSame(
            try folder.faults(""),
            """
            lexicon/en.toml:1:12: language is "de", must be "en" as the file's name says
            lexicon/en.toml:2:12: matching is "letters", must be one of "words", "substring"
            lexicon/en.toml:3:10: months holds 1, must hold 12, or none
            lexicon/en.toml:4:1: unknown key "negation" (negation belongs in [markers])
            lexicon/en.toml:6:7: numbers.one must be a number, 0 or more
            lexicon/en.toml:7:7: numbers.two must be a number, 0 or more
            lexicon/en.toml:8:9: numbers.three must be a number, 0 or more
            lexicon/en.toml:10:21: removal holds an integer, must hold strings only
            lexicon/en.toml:11:1: unknown key "firing" in [kinds] (did you mean "hiring"?)
            lexicon/en.toml:13:12: negation is a string, must be an array of strings
            lexicon/en.toml:15:8: ceo holds an empty string
            lexicon/fr.toml:1:1: the file has no language
            """)
    }

    @Test func aMessageNeverBreaksItsLine() throws {
        let folder = try TemporaryFolder.withLexicon()
        let faults = try folder.faults("\"a\\nb\\u202e\" = 1\n[[feed]]\nurl = \"x\\u001b[2J\\n\"\n")
        #expect(faults.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
        #expect(faults.contains("\"a\\u{a}b\\u{202e}\""))
        #expect(!faults.unicodeScalars.contains("\u{1B}"))
    }
}

/// Files that somebody's disk, editor or merge has damaged.
@Suite struct DamagedConfigurationTests {
    @Test func damagedFileNeverTrapsAndEveryFaultIsOneLine() throws {
        let folder = try TemporaryFolder.withLexicon()
        try folder.write("a.toml", Samples.profile)
        let sound = Array(
            """
            topics.profiles = ["a.toml"]
            [poll]
            interval = "2m"
            concurrency = 8
            [[feed]]
            url = "https://example.org/feed.xml"
            headers = { X-Key = "abc" }
            [[sink]]
            name = "screen"
            type = "stdout"
            """.utf8)
        var random = SplitMix(state: 42)
        var faulty = 0
        for _ in 0..<300 {
            var bytes = sound
            for _ in 0...(random.next() % 3) {
                let index = Int(random.next() % UInt64(bytes.count))
                switch random.next() % 3 {
                case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.remove(at: index)
                default: bytes.insert(Array("[]{}=\"'#.\n,0-".utf8)[Int(random.next() % 13)], at: index)
                }
            }
            let path = folder.path + "/newswatchd.toml"
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let found = faults(in: path)
            if !found.isEmpty { faulty += 1 }
            let lines = found.map(\.description)
            #expect(!lines.contains { $0.contains("\n") })
            #expect(found.allSatisfy { $0.line >= 1 && $0.column >= 1 && !$0.message.isEmpty })
        }
        #expect(faulty > 100)
    }

    private func faults(in path: String) -> [ConfigurationFault] {
        do {
            _ = try ConfigurationReader.read(path: path, program: nil)
            return []
        } catch {
            return error.faults
        }
    }

    /// Vigna's SplitMix64: the same damage on every run.
    private struct SplitMix {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
