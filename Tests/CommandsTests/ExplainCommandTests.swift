import ControlProtocol
import Foundation
import Storage
import Testing

/// `explain`, asked of a daemon and of a database.
@Suite struct ExplainCommandTests {
    @Test(arguments: ["entry_9", "https://example.org/a?b=1&c=ü"])
    func anEntryIsExplainedInWords(name: String) async throws {
        let run = try await SampleDaemon().run(["explain", name])
        #expect(
            run.output == """
                entry_9  Board of OpenAI dismisses Altman
                  outlet     example.org (en)
                  address    https://example.org/a?b=1&c=ü
                  feed       https://example.org/feed.xml
                  guid       tag:example.org,2023:9
                  published  2023-11-17 20:28Z
                  seen       2023-11-17 20:29Z
                  versions   entry_4, entry_9

                chips: off topic, score 0.0
                  - No word of the topic.

                openai-leadership: new development, score 0.93
                  copy of    entry_3
                  revises    entry_4
                  carries    dev_1
                  opens      dev_7f3a, removal, confidence high: Board of OpenAI dismisses Altman
                             First report of a removal of Sam Altman.
                  - “dismisses” is a removal, of Sam Altman.
                  - 0.93 is above 0.5.

                """)
        #expect(run.errors == "")
        #expect(run.code == 0)
    }

    @Test func jsonIsTheDocument() async throws {
        let run = try await SampleDaemon().run(["explain", "entry_9", "--json"])
        let document = try ControlCoding.decoder().decode(
            ExplanationDocument.self, from: Data(run.output.utf8))
        #expect(document == Sample.explanation)
        #expect(run.code == 0)
    }

    @Test func whatIsNotKnownIsNotPrinted() async throws {
        var daemon = SampleDaemon()
        daemon.explanation = ExplanationDocument(
            id: "entry_9", title: "Evil\u{1B}[2J\ntitle", outlet: "example.org", lang: nil, url: nil,
            feed: "https://example.org/feed.xml", guid: nil, published: nil, observed: Sample.noon,
            revisions: ["entry_9"], decisions: [])
        #expect(
            try await daemon.run(["explain", "entry_9"]).output == """
                entry_9  Evil [2J title
                  outlet     example.org
                  feed       https://example.org/feed.xml
                  published  -
                  seen       2023-11-17 12:00Z

                Nothing was decided on it.

                """)
    }

    @Test func anUnknownEntryIsBadDataOnlineAndOffline() async throws {
        let sentence =
            "newswatch: no stored entry has the id, address or guid “entry_8”; it may be pruned, or never have "
            + "been in a feed\n"
        #expect(
            try await SampleDaemon().run(["explain", "entry_8"])
                == CommandRun(output: "", errors: sentence, code: 65))
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let path = try StoredEntry.database(in: folder)
        #expect(
            await CommandRun.newswatch(["explain", "entry_8", "--database", path])
                == CommandRun(output: "", errors: sentence, code: 65))
    }

    @Test func aDatabaseIsReadWithoutADaemon() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let path = try StoredEntry.database(in: folder)
        for name in ["entry_1", "1", "https://one.example/a", "guid-1"] {
            let run = await CommandRun.newswatch(["explain", name, "--database", path])
            #expect(
                run.output == """
                    entry_1  A title
                      outlet     one.example (en)
                      address    https://one.example/a
                      feed       https://one.example/feed.xml
                      guid       guid-1
                      published  -
                      seen       2023-11-17 12:00Z

                    story: recap, score 0.5
                      - Because of “words”.

                    """)
            #expect(run.errors == "")
            #expect(run.code == 0)
        }
    }
}
