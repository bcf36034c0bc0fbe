import Alerting
import Foundation
import Stories
import Testing

@testable import Settings

@Suite struct ConfigurationReaderTests {
    @Test func emptyFileGivesTheDefaults() throws {
        let folder = try TemporaryFolder.withLexicon()
        let configuration = try folder.read("")
        #expect(configuration.databasePath == "/var/lib/newswatch/newswatch.db")
        #expect(configuration.retain == .seconds(400 * 86_400))
        #expect(configuration.socketPath == "/run/newswatch/control.sock")
        #expect(configuration.poll.interval == .seconds(900))
        #expect(configuration.poll.minInterval == .seconds(300))
        #expect(configuration.poll.maxInterval == .seconds(86_400))
        #expect(configuration.poll.hostGap == .seconds(1))
        #expect(configuration.poll.concurrency == 64)
        #expect(configuration.copyWindow == .seconds(30 * 86_400))
        #expect(configuration.firstContact == .digest)
        #expect(configuration.profiles == [.everything])
        #expect(configuration.feeds.isEmpty)
        #expect(configuration.sinks.isEmpty)
    }

    @Test func everyKeyIsRead() throws {
        let folder = try TemporaryFolder.withLexicon()
        try folder.write("topics/ferry.toml", Samples.profile)
        try folder.write("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")
        try folder.write("password", "sesame\n")
        try folder.write("feeds.opml", Samples.opml)
        let configuration = try folder.read(
            """
            [database]
            path = "news.db"
            retain = "90d"
            [control]
            socket = "/run/own/control.sock"
            [poll]
            interval = "2m"
            min_interval = "1s"
            max_interval = "12h"
            host_gap = "0s"
            concurrency = 8
            contact = "https://example.org/about"
            allow_networks = ["127.0.0.0/8", "fd00::/8"]
            proxy = "socks5h://localhost:1080"
            [stories]
            copy_window = "10d"
            first_contact = "alert"
            lexicon = "lexicon"
            [topics]
            profiles = ["topics/ferry.toml", "everything"]
            [feeds]
            opml = ["feeds.opml"]
            [[feed]]
            url = "https://example.org/feed.xml"
            name = "Example"
            interval = "1s"
            allow_private = true
            headers = { X-Key = "abc", Accept-Language = "de" }
            user = "reader"
            password_file = "password"
            timeout = "30s"
            [[sink]]
            name = "screen"
            type = "stdout"
            [[sink]]
            name = "log"
            type = "file"
            format = "json"
            path = "alerts.jsonl"
            [[sink]]
            name = "desk"
            type = "webhook"
            url = "https://hooks.example.org/newswatch"
            secret_file = "secret"
            allow_private = true
            """)
        #expect(configuration.databasePath == folder.path + "/news.db")
        #expect(configuration.retain == .seconds(90 * 86_400))
        #expect(configuration.socketPath == "/run/own/control.sock")
        #expect(configuration.poll.interval == .seconds(120))
        #expect(configuration.poll.minInterval == .seconds(1))
        #expect(configuration.poll.maxInterval == .seconds(12 * 3600))
        #expect(configuration.poll.hostGap == .zero)
        #expect(configuration.poll.concurrency == 8)
        #expect(configuration.contact == "https://example.org/about")
        #expect(configuration.allowNetworks == ["127.0.0.0/8", "fd00::/8"])
        #expect(configuration.proxy == "socks5h://localhost:1080")
        #expect(configuration.copyWindow == .seconds(10 * 86_400))
        #expect(configuration.firstContact == .alert)
        #expect(configuration.profiles.map(\.id) == ["ferry", "everything"])
        #expect(configuration.feedLists == [folder.path + "/feeds.opml"])
        #expect(
            configuration.feeds == [
                ConfiguredFeed(
                    url: "https://example.org/feed.xml", name: "Example", interval: .seconds(1),
                    allowPrivate: true,
                    headers: [
                        .init(name: "X-Key", value: "abc"), .init(name: "Accept-Language", value: "de"),
                    ],
                    credentials: .init(user: "reader", passwordFile: folder.path + "/password"),
                    timeout: .seconds(30)),
                ConfiguredFeed(url: "https://news.example.com/rss", name: "News"),
                ConfiguredFeed(url: "http://other.example.com:8080/atom", name: "Other"),
            ])
        #expect(
            configuration.sinks == [
                SinkConfiguration(name: "screen", destination: .stdout, format: .text),
                SinkConfiguration(
                    name: "log", destination: .file(path: folder.path + "/alerts.jsonl"), format: .json),
                SinkConfiguration(
                    name: "desk",
                    destination: .webhook(
                        url: "https://hooks.example.org/newswatch", secretFile: folder.path + "/secret",
                        allowPrivate: true), format: .json),
            ])
    }

    @Test func aBoundLeftOutMakesRoomForThoseGiven() throws {
        let folder = try TemporaryFolder.withLexicon()
        let fast = try folder.read("[poll]\ninterval = '2s'\n").poll
        #expect(fast.minInterval == .seconds(2))
        #expect(fast.maxInterval == .seconds(86_400))
        let slow = try folder.read("[poll]\nmin_interval = '2d'\n").poll
        #expect(slow.interval == .seconds(2 * 86_400))
        #expect(slow.maxInterval == .seconds(2 * 86_400))
        let narrow = try folder.read("[poll]\nmax_interval = '10s'\n").poll
        #expect(narrow.minInterval == .seconds(10))
        #expect(narrow.interval == .seconds(10))
    }

    @Test func oneFeedInTwoFoldersOfAListIsOneFeed() throws {
        let folder = try TemporaryFolder.withLexicon()
        try folder.write(
            "feeds.opml",
            """
            <opml version="2.0"><body>
            <outline text="A"><outline text="N" xmlUrl="https://example.org/f"/>
            </outline>
            <outline text="B"><outline text="N" xmlUrl="https://EXAMPLE.org/f"/>
            </outline>
            </body></opml>
            """)
        #expect(try folder.read("feeds.opml = ['feeds.opml']").feeds.map(\.url) == ["https://example.org/f"])
    }

    @Test func lexiconIsFoundBesideTheTopics() throws {
        let folder = try TemporaryFolder()
        try folder.write("set/lexicon/en.toml", Samples.lexicon)
        try folder.write("set/topics/ferry.toml", Samples.profile)
        let path = try folder.write("own/newswatchd.toml", "topics.profiles = ['../set/topics/ferry.toml']")
        let configuration = try ConfigurationReader.read(path: path, program: nil)
        #expect(configuration.profiles.map(\.id) == ["ferry"])
    }

    @Test func lexiconIsSearchedFromTheNearestPlaceOutward() {
        #expect(
            LexiconLocator.candidates(
                configuration: "conf/newswatchd.toml", profiles: ["/t/topics/a.toml"],
                program: "/r/.build/release/n")
                == [
                    "conf/lexicon", "/t/topics/../lexicon", "/t/topics/lexicon",
                    "/r/.build/release/etc/newswatch/lexicon", "/r/.build/release/share/newswatch/lexicon",
                    "/r/.build/etc/newswatch/lexicon", "/r/.build/share/newswatch/lexicon",
                    "/r/etc/newswatch/lexicon", "/r/share/newswatch/lexicon",
                    "/etc/newswatch/lexicon", "/usr/share/newswatch/lexicon",
                ])
    }

    @Test func missingFileIsOneFault() throws {
        #expect {
            try ConfigurationReader.read(path: "/nonexistent/newswatchd.toml")
        } throws: { error in
            "\(error)"
                == "/nonexistent/newswatchd.toml:1:1: configuration /nonexistent/newswatchd.toml: no such file"
        }
    }
}
