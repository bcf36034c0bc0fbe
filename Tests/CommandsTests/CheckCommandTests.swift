import Foundation
import Testing

@Suite struct CheckCommandTests {
    private static let good = """
        [database]
        path = "news.db"
        [control]
        socket = "control.sock"
        [stories]
        lexicon = "lexicon"
        [topics]
        profiles = ["everything"]
        [[feed]]
        url = "https://example.org/feed.xml"
        [[sink]]
        name = "desk"
        type = "stdout"
        """

    @Test func aGoodConfigurationIsSummedUp() async throws {
        let configuration = try ConfigurationFolder()
        defer { configuration.folder.remove() }
        let path = try configuration.write("newswatchd.toml", Self.good)
        let run = await CommandRun.newswatch(["check", path])
        #expect(run.errors == "")
        #expect(
            run.output == """
                \(path): fine
                  feeds    1
                  topics   everything
                  sinks    desk
                  database \(configuration.path)/news.db
                  socket   \(configuration.path)/control.sock

                """)
        #expect(run.code == 0)
    }

    @Test func theDaemonChecksTheSameWay() async throws {
        let configuration = try ConfigurationFolder()
        defer { configuration.folder.remove() }
        let path = try configuration.write("newswatchd.toml", Self.good)
        #expect(
            await CommandRun.program(["newswatchd", "--config", path, "--check"])
                == CommandRun.newswatch(["check", path]))
    }

    @Test func everyFaultIsTellableToAnEditor() async throws {
        let configuration = try ConfigurationFolder()
        defer { configuration.folder.remove() }
        let path = try configuration.write(
            "newswatchd.toml", Self.good + "\ncolour = \"red\"\n[poll]\nintervall = \"5m\"\nhost_gap = 3\n")
        let run = await CommandRun.newswatch(["check", path])
        #expect(run.output == "")
        #expect(run.code == 78)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 3)
        for line in lines { #expect(line.hasPrefix("\(path):1")) }
        #expect(lines.contains { $0.contains("intervall") && $0.contains("interval") })
    }

    @Test func aMissingConfigurationIsAFaultOfConfiguration() async {
        let run = await CommandRun.newswatch(["check", "/tmp/nwc-missing/newswatchd.toml"])
        #expect(run.output == "")
        #expect(run.errors.hasPrefix("/tmp/nwc-missing/newswatchd.toml:1:1: "))
        #expect(run.code == 78)
    }

    @Test func whatAProxyIsTrustedWithIsSaid() async throws {
        let configuration = try ConfigurationFolder()
        defer { configuration.folder.remove() }
        let path = try configuration.write(
            "newswatchd.toml", Self.good + "\n[poll]\nproxy = \"http://proxy.example:3128\"\n")
        let run = await CommandRun.newswatch(["check", path])
        #expect(run.code == 0)
        #expect(
            run.output.hasSuffix(
                "  proxy    http://proxy.example:3128: it alone decides which addresses host names lead to; only "
                    + "literal addresses are checked here\n"))
    }
}
