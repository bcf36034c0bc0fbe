import Foundation
import Testing

@Suite struct ParseCommandTests {
    private static let rss = """
        <?xml version="1.0"?>
        <rss version="2.0"><channel><title>Desk</title><link>https://desk.example/</link>
        <item><guid>g1</guid><title>One &amp; only</title><link>https://desk.example/1</link>
        <pubDate>Fri, 17 Nov 2023 20:28:00 GMT</pubDate><description>First.</description></item>
        <item><title>Two</title></item>
        </channel></rss>
        """

    private static let atom = """
        <feed xmlns="http://www.w3.org/2005/Atom"><title>Tisch</title><updated>2023-11-18T00:00:00Z</updated>
        <entry><id>urn:1</id><title>Eins</title><link href="https://tisch.example/1"/>
        <updated>2023-11-18T01:00:00+01:00</updated><author><name>Ada</name></author>
        <content type="html">&lt;p&gt;Text</content></entry></feed>
        """

    @Test func jsonlIsOneObjectPerFileWithMissingFieldsLeftOut() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let rss = try folder.write("a.xml", Self.rss)
        let atom = try folder.write("b.xml", Self.atom)
        let run = await CommandRun.newswatch(["parse", rss, atom, "--jsonl"])
        #expect(
            run.output == #"{"entries":[{"id":"g1","link":"https://desk.example/1","#
                + #""published":"2023-11-17T20:28:00Z","summary":"First.","title":"One & only"},"#
                + #"{"title":"Two"}],"feed":{"link":"https://desk.example/","title":"Desk"},"#
                + #""format":"rss-2.0","path":"\#(rss)","problems":[]}"# + "\n"
                + #"{"entries":[{"author":"Ada","content":"<p>Text","id":"urn:1","#
                + #""link":"https://tisch.example/1","title":"Eins","updated":"2023-11-18T00:00:00Z"}],"#
                + #""feed":{"title":"Tisch","updated":"2023-11-18T00:00:00Z"},"format":"atom-1.0","#
                + #""path":"\#(atom)","problems":[]}"# + "\n")
        #expect(run.errors == "")
        #expect(run.code == 0)
    }

    @Test func unusableFilesAreToldAndTheRestIsDone() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let empty = try folder.write("empty.xml", "")
        let good = try folder.write("good.xml", Self.rss)
        let missing = folder.path + "/missing.xml"
        let run = await CommandRun.newswatch(["parse", missing, folder.path, empty, good, "--jsonl"])
        let lines = run.output.split(separator: "\n")
        try #require(lines.count == 4)
        #expect(lines[0] == #"{"error":"no such file","path":"\#(missing)"}"#)
        #expect(lines[1] == #"{"error":"is a folder","path":"\#(folder.path)"}"#)
        #expect(lines[2].contains(#""error":"the document is empty","path":"\#(empty)""#))
        #expect(lines[3].contains(#""format":"rss-2.0""#))
        #expect(
            run.errors == """
                newswatch: \(missing): no such file
                newswatch: \(folder.path): is a folder
                \(empty): the document is empty

                """)
        #expect(run.code == 65)
    }

    @Test func withoutJSONItIsReadable() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let path = try folder.write("a.xml", Self.rss)
        let run = await CommandRun.newswatch(["parse", path])
        #expect(
            run.output == """
                \(path): rss-2.0 “Desk”, 2 entries
                  2023-11-17 20:28Z  One & only  https://desk.example/1
                  -  Two

                """)
    }

    @Test func statsAreTotalsOnly() async throws {
        struct Totals: Decodable {
            let files: Int
            let entries: Int
            let bytes: Int
            let seconds: Double
        }
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let paths = [try folder.write("a.xml", Self.rss), try folder.write("b.xml", Self.atom)]
        let run = await CommandRun.newswatch(["parse", "--stats"] + paths)
        let totals = try JSONDecoder().decode(Totals.self, from: Data(run.output.utf8))
        #expect(totals.files == 2)
        #expect(totals.entries == 3)
        #expect(totals.bytes == Self.rss.utf8.count + Self.atom.utf8.count)
        #expect(totals.seconds > 0)
        #expect(run.output.split(separator: "\n").count == 1)
    }
}
