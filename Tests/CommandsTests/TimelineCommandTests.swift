import ControlProtocol
import Foundation
import Testing

@Suite struct TimelineCommandTests {
    @Test func markdownHasADayAndItsDevelopmentsWithSources() async throws {
        let run = try await SampleDaemon().run(["timeline"])
        #expect(
            run.output == """
                # openai-leadership

                ## 2023-11-17

                - 20:28Z **OpenAI board fires Sam Altman as CEO** (removal, confidence high, 3 independent outlets)
                  - example.org (en): [OpenAI board fires Sam Altman as CEO](<https://example.org/a?b=1>)
                  - beispiel.example (de): OpenAI feuert Altman

                ## 2023-11-18

                - 20:30Z **米OpenAI、暫定CEOにミラ・ムラティ氏** (appointment, confidence low, 1 outlet, told late)

                """)
        #expect(run.code == 0)
    }

    @Test func developmentsComeInTheOrderOfTime() async throws {
        var daemon = SampleDaemon()
        daemon.developmentDocuments.reverse()
        let run = try await daemon.run(["timeline", "--json"])
        let documents = try ControlCoding.decoder().decode(
            [DevelopmentDocument].self, from: Data(run.output.utf8))
        #expect(documents == Sample.developments)
    }

    @Test func oneTopicLeavesTheOthersOut() async throws {
        var daemon = SampleDaemon()
        daemon.developmentDocuments[1].topic = "other"
        let run = try await daemon.run(["timeline", "--json", "--topic", "other"])
        let documents = try ControlCoding.decoder().decode(
            [DevelopmentDocument].self, from: Data(run.output.utf8))
        #expect(documents.map(\.id) == ["dev_90bc"])
    }

    @Test func headlinesCannotBringMarkupOrScriptsIn() async throws {
        var daemon = SampleDaemon()
        daemon.developmentDocuments = [Sample.developments[0]]
        daemon.developmentDocuments[0].headline = "[x](javascript:1) <script> **b**\n# h"
        daemon.developmentDocuments[0].sources = [
            .init(outlet: "a_b", title: "t", url: "javascript:alert(1)", lang: nil, published: nil),
            .init(outlet: "c", title: "t", url: "https://e.example/>) <b>", lang: nil, published: nil),
        ]
        let lines = try await daemon.run(["timeline", "--markdown"]).output.split(separator: "\n")
        #expect(lines[2].contains(##"**\[x\]\(javascript:1\) \<script\> \*\*b\*\* \# h**"##))
        #expect(lines[3] == #"  - a\_b: t"#)
        #expect(lines[4] == "  - c: [t](<https://e.example/%3E)%20%3Cb%3E>)")
    }

    @Test func anEmptyTimelineIsADocumentToo() async throws {
        let daemon = SampleDaemon(developmentDocuments: [])
        #expect(try await daemon.run(["timeline"]).output == "# Timeline\n\nNothing has happened yet.\n")
        #expect(try await daemon.run(["timeline", "--json"]).output == "[]\n")
    }
}
