import Foundation
import LoopbackServer
import Testing

/// `newswatch feeds …` as its users see it: whole outputs, exit codes, and the files that are left.
@Suite(.seated) struct FeedListTests {
    private func expect(
        _ result: RunningProgram.Result, _ code: Int32, out: String = "", err: String = "",
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(result.standardOutput == out, sourceLocation: location)
        #expect(result.standardError == err, sourceLocation: location)
        #expect(result.exitCode == code, sourceLocation: location)
    }

    private static let empty = "<opml version=\"2.0\">\n  <body>\n  </body>\n</opml>\n"
    private static let hint = "`newswatch ctl reload` lets a running daemon take it in\n"

    // MARK: add

    @Test func theFirstFeedMakesTheList() async throws {
        let desk = try Desk()
        expect(
            try await desk.feeds("add", "SITE/feed.xml"), 0,
            out: """
                Harbour & Courier: rss-2.0, 3 entries, newest 2023-11-17 21:28Z
                SITE/feed.xml added to DIR/feeds.opml
                \(Self.hint)
                """)
        #expect(
            try desk.text("feeds.opml") == """
                <?xml version="1.0" encoding="UTF-8"?>
                <opml version="2.0">
                  <head>
                    <title>newswatch</title>
                  </head>
                  <body>
                    <outline type="rss" text="Harbour &amp; Courier" title="Harbour &amp; Courier" xmlUrl="SITE/feed.xml" htmlUrl="https://harbour.example/" language="en"/>
                  </body>
                </opml>

                """)
        #expect(try desk.names() == ["feeds.opml", "newswatchd.toml"])
        #expect(desk.server.requests[0]["User-Agent"]?.hasSuffix("(+desk@harbour.example)") == true)
        let check = try await RunningProgram.run(
            "newswatch", ["check", desk.folder.appending(path: "newswatchd.toml").path])
        #expect(check.exitCode == 0)
    }

    @Test func aFeedIsAddedOnceWhateverItsSpelling() async throws {
        let desk = try Desk()
        _ = try await desk.feeds("add", "SITE/feed.xml", "--name", "Mine", "--group", "A & B")
        let before = try desk.bytes("feeds.opml")
        let asked = desk.server.requests.count
        for spelling in ["SITE/feed.xml#top", "SITE/feed.xml"] {
            expect(
                try await desk.feeds("add", spelling), 0,
                out: "Mine is configured already, at DIR/feeds.opml:8\n")
        }
        #expect(desk.server.requests.count == asked)
        // Known only once its redirect is.
        expect(
            try await desk.feeds("add", "SITE/moved.xml", "--json"), 0,
            out: """
                {"added":false,"candidates":[],"entries":null,"format":null,"group":"A & B",\
                "list":"DIR/feeds.opml","name":"Mine","newest":null,"url":"SITE/feed.xml"}

                """)
        #expect(try desk.bytes("feeds.opml") == before)
    }

    @Test func whatHasMovedForGoodIsAddedWhereItIsNow() async throws {
        let desk = try Desk()
        try desk.write("feeds.opml", Self.empty)
        expect(
            try await desk.feeds("add", "SITE/moved.xml", "--json", "--name", "M"), 0,
            out: """
                {"added":true,"candidates":[],"entries":3,"format":"rss-2.0","group":null,\
                "list":"DIR/feeds.opml","name":"M","newest":"2023-11-17T21:28:00Z","url":"SITE/feed.xml"}

                """)
        let other = try Desk()
        let result = try await other.feeds("add", "SITE/elsewhere.xml")
        #expect(result.standardOutput.contains("SITE/elsewhere.xml added"))
    }

    @Test func theOneFeedOfAPageIsAdded() async throws {
        let desk = try Desk()
        expect(
            try await desk.feeds("add", "SITE/one.html"), 0,
            out: """
                Harbour & Courier: rss-2.0, 3 entries, newest 2023-11-17 21:28Z
                SITE/feed.xml added to DIR/feeds.opml
                \(Self.hint)
                """,
            err: """
                \(desk.server.url("/one.html").replacing(desk.server.url(""), with: "SITE")) names 1 feed:
                  1  SITE/feed.xml

                """)
    }

    @Test func severalFeedsOfAPageAreShownAndNoneIsChosen() async throws {
        let desk = try Desk()
        let shown = "SITE/two.html names 2 feeds:\n  1  SITE/feed.xml  News[2J\n  2  SITE/atom.xml\n"
        expect(
            try await desk.feeds("add", "SITE/two.html"), 65,
            err: shown + "newswatch: nothing was added: name one of them, or say --first\n")
        expect(
            try await desk.feeds("add", "SITE/two.html", "--json"), 65,
            out: """
                {"added":false,"candidates":["SITE/feed.xml","SITE/atom.xml"],"entries":null,"format":null,\
                "group":null,"list":null,"name":null,"newest":null,"url":null}

                """,
            err: shown + "newswatch: nothing was added: name one of them, or say --first\n")
        #expect(try desk.names() == ["newswatchd.toml"])
        #expect(try await desk.feeds("add", "SITE/two.html", "--first").exitCode == 0)
        expect(
            try await desk.feeds("add", "SITE/two.html", "--first"), 0,
            out: "Harbour & Courier is configured already, at DIR/feeds.opml:7\n",
            err: """
                SITE/two.html names 2 feeds:
                  1  SITE/feed.xml  News[2J  (configured already)
                  2  SITE/atom.xml

                """)
    }

    @Test(arguments: [
        ("/none.html", 65, "not a feed: the root element is <html>, and no page that names one"),
        ("/broken", 69, "the server asks for fewer requests (HTTP 503)"),
        ("/missing", 69, "HTTP 404 (not found)"), ("/gone", 69, "gone (HTTP 410)"),
        ("/half.xml", 65, "the document ends before its end"),
    ])
    func whatIsNoFeedIsNotAdded(_ path: String, _ code: Int32, _ reason: String) async throws {
        let desk = try Desk()
        let result = try await desk.feeds("add", "SITE\(path)")
        #expect(result.exitCode == code)
        #expect(result.standardOutput == "")
        #expect(result.standardError.hasPrefix("newswatch: SITE\(path): "))
        if path != "/half.xml" { #expect(result.standardError == "newswatch: SITE\(path): \(reason)\n") }
        #expect(try desk.names() == ["newswatchd.toml"])
    }

    @Test func manyAtOnceAllSurvive() async throws {
        let desk = try Desk()
        let results = try await withThrowingTaskGroup(of: Int32.self) { group in
            let site = desk.server.url("")
            let configuration = desk.folder.appending(path: "newswatchd.toml").path
            for number in 0..<8 {
                group.addTask {
                    try await RunningProgram.run(
                        "newswatch",
                        ["feeds", "add", "\(site)/feed.xml?\(number)", "--config", configuration]
                    ).exitCode
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results == Array(repeating: 0, count: 8))
        let text = try desk.text("feeds.opml")
        for number in 0..<8 { #expect(text.contains("xmlUrl=\"SITE/feed.xml?\(number)\"")) }
        #expect(try desk.names() == ["feeds.opml", "newswatchd.toml"])
    }

    @Test func modeAndLinkOfTheListStay() async throws {
        let desk = try Desk()
        try desk.write("real.opml", Self.empty)
        chmod(desk.folder.appending(path: "real.opml").path, 0o640)
        symlink("real.opml", desk.folder.appending(path: "feeds.opml").path)
        #expect(try await desk.feeds("add", "SITE/feed.xml").exitCode == 0)
        #expect(try desk.text("real.opml").contains("SITE/feed.xml"))
        var status = stat()
        lstat(desk.folder.appending(path: "real.opml").path, &status)
        #expect(status.st_mode & 0o7777 == 0o640)
        lstat(desk.folder.appending(path: "feeds.opml").path, &status)
        #expect(status.st_mode & S_IFMT == S_IFLNK)
    }

    // MARK: what keeps a list from being changed

    @Test func aConfigurationWithoutAListSaysWhatToWrite() async throws {
        let desk = try Desk(lists: [])
        expect(
            try await desk.feeds("add", "SITE/feed.xml"), 78,
            err:
                "newswatch: DIR/newswatchd.toml names no list of feeds: write opml = [\"feeds.opml\"] below [feeds]\n"
        )
    }

    @Test func aFaultyConfigurationIsTold() async throws {
        let desk = try Desk(more: "colour = 1")
        try desk.write("feeds.opml", Self.empty)
        for verb in [
            ["list"], ["add", "SITE/feed.xml"], ["import", "x"], ["export"], ["test", "x"], ["remove", "x"],
        ] {
            let result = try await desk.feeds(
                verb[0], verb.count > 1 ? verb[1] : "--config=DIR/newswatchd.toml")
            #expect(result.exitCode == 78)
            #expect(
                result.standardError
                    == "DIR/newswatchd.toml:10:1: unknown key \"colour\" in [feeds] (nearest known key: \"opml\")\n"
            )
        }
        #expect(desk.server.requests.isEmpty)
    }

    @Test func aListThatIsNotWellFormedIsLeftAlone() async throws {
        let desk = try Desk()
        let list = "<opml>\n<body><outline text=\"a & b\" xmlUrl=\"https://a.example/\"/></body></opml>"
        try desk.write("feeds.opml", list)
        let fault = "DIR/feeds.opml:2:24: a \"&\" that starts no reference must be written &amp;\n"
        expect(try await desk.feeds("add", "SITE/feed.xml"), 65, err: fault)
        expect(try await desk.feeds("remove", "https://a.example/"), 65, err: fault)
        #expect(try desk.text("feeds.opml") == list)
    }

    @Test func aFolderThatStaysLockedIsGivenUp() async throws {
        let desk = try Desk()
        let folder = open(desk.folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(folder) }
        try #require(flock(folder, LOCK_EX | LOCK_NB) == 0)
        expect(
            try await desk.feeds("add", "SITE/feed.xml"), 75,
            err: "newswatch: DIR/feeds.opml: another program keeps DIR locked; try again\n")
    }

    @Test func aFolderThatIsNotThereIsAnInputOutputError() async throws {
        let desk = try Desk(lists: ["missing/feeds.opml"])
        expect(
            try await desk.feeds("add", "SITE/feed.xml"), 74,
            err: "newswatch: DIR/missing: no such file or directory\n")
    }

    @Test func aFolderThatMayNotBeWrittenIsAPermissionError() async throws {
        let desk = try Desk()
        chmod(desk.folder.path, 0o500)
        defer { chmod(desk.folder.path, 0o700) }
        let program = RunningProgram.executable.path
        let arguments = [
            "feeds", "import", Repository.etc.appending(path: "feeds.opml").path,
            "--config", desk.folder.appending(path: "newswatchd.toml").path,
        ]
        // Root writes everywhere as long as it has this capability.
        let result =
            geteuid() == 0
            ? try await Shell.run(
                "setpriv", ["--bounding-set", "-dac_override", program] + arguments, in: Repository.root)
            : try await Shell.run(program, arguments, in: Repository.root)
        #expect(result.exitCode == 77)
        #expect(result.output == "newswatch: \(desk.folder.path)/feeds.opml: permission denied\n")
    }

    // MARK: list, remove

    private static let own = "[[feed]]\nurl = \"SITE/own.xml\"\nname = \"Own\"\n"

    private func desk() throws -> Desk {
        let desk = try Desk(lists: ["feeds.opml", "more.opml"])
        try desk.write(
            "newswatchd.toml",
            try desk.text("newswatchd.toml").replacing("DIR", with: desk.folder.path) + Self.own)
        try desk.write(
            "feeds.opml",
            """
            <opml version="2.0"><!-- mine --><body>
              <outline text="News"><outline text="World">
                <outline text="Twice" xmlUrl="https://twice.example/"/>
              </outline></outline>
              <outline text="Same" xmlUrl="https://same1.example/"/>
              <outline text="Twice" xmlUrl="https://TWICE.example" x:y="z"/>
            </body></opml>
            """)
        try desk.write(
            "more.opml",
            "<opml><body><outline text=\"Same\" xmlUrl=\"https://same2.example/\"/><outline xmlUrl=\"SITE/nameless\"/></body></opml>"
        )
        return desk
    }

    @Test func everyFeedIsListedWithItsPlace() async throws {
        let desk = try desk()
        let wide = try await desk.feeds("list")
        #expect(wide.exitCode == 0)
        let lines = wide.standardOutput.split(separator: "\n").map { $0.replacing(#/ {2,}/#, with: "|") }
        #expect(
            lines == [
                "FEED|GROUP|URL|WHERE", "Own|-|SITE/own.xml|DIR/newswatchd.toml:12",
                "Twice|News / World|https://twice.example/|DIR/feeds.opml:3",
                "Same|-|https://same1.example/|DIR/feeds.opml:5",
                "Same|-|https://same2.example/|DIR/more.opml:1", "-|-|SITE/nameless|DIR/more.opml:1",
            ])
        expect(
            try await desk.feeds("list", "--json"), 0,
            out: """
                [{"file":"DIR/newswatchd.toml","groups":[],"line":12,"name":"Own","url":"SITE/own.xml"},\
                {"file":"DIR/feeds.opml","groups":["News","World"],"line":3,"name":"Twice","url":"https://twice.example/"},\
                {"file":"DIR/feeds.opml","groups":[],"line":5,"name":"Same","url":"https://same1.example/"},\
                {"file":"DIR/more.opml","groups":[],"line":1,"name":"Same","url":"https://same2.example/"},\
                {"file":"DIR/more.opml","groups":[],"line":1,"name":null,"url":"SITE/nameless"}]

                """)
        let none = try Desk(lists: [])
        expect(try await none.feeds("list"), 0, out: "No feeds: `newswatch feeds add URL` adds one.\n")
        expect(try await none.feeds("list", "--json"), 0, out: "[]\n")
    }

    @Test func aFeedIsRemovedFromEveryGroup() async throws {
        let desk = try desk()
        expect(
            try await desk.feeds("remove", "Twice"), 0,
            out: "Twice removed from DIR/feeds.opml, where it stood 2 times\n\(Self.hint)")
        #expect(
            try desk.text("feeds.opml") == """
                <opml version="2.0"><!-- mine --><body>
                  <outline text="News"><outline text="World">
                  </outline></outline>
                  <outline text="Same" xmlUrl="https://same1.example/"/>
                </body></opml>
                """)
        expect(
            try await desk.feeds("remove", "https://same2.example", "--json"), 0,
            out: """
                {"list":"DIR/more.opml","name":"Same","outlines":1,"url":"https://same2.example/"}

                """)
        #expect(try desk.text("more.opml") == "<opml><body><outline xmlUrl=\"SITE/nameless\"/></body></opml>")
    }

    @Test func whatCannotBeRemovedIsTold() async throws {
        let desk = try desk()
        expect(
            try await desk.feeds("remove", "Own"), 65,
            err:
                "DIR/newswatchd.toml:12: SITE/own.xml stands in the configuration itself: remove this [[feed]] by hand\n"
        )
        expect(
            try await desk.feeds("remove", "Same"), 65,
            err: """
                newswatch: several feeds are called “Same”; name one by its address:
                  https://same1.example/
                  https://same2.example/

                """)
        expect(
            try await desk.feeds("remove", "twic"), 65,
            err: "newswatch: no feed “twic” is configured; did you mean “Twice”?\n")
    }

    // MARK: import, export

    private static let foreign = """
        <?xml version="1.0"?>\r
        <opml version="1.0" xmlns:fz="https://fz.example/">\r
        <body>\r
          <!-- kept -->\r
          <outline text="G">\r
            <outline text="New" xmlUrl="https://new.example/" fz:id="7"/>\r
            <outline text="Known" xmlUrl="https://SAME1.example"/>\r
          </outline>\r
          <outline text="Bad" xmlUrl="gopher://old.example/"/>\r
        </body>\r
        </opml>\r

        """

    @Test func anImportIntoNothingIsTheFileItself() async throws {
        for start in [nil, "", "\n", Self.empty] {
            let desk = try Desk()
            if let start { try desk.write("feeds.opml", start) }
            let foreign = Self.foreign.replacing("gopher", with: "https")
            try desk.write("in.opml", foreign)
            expect(
                try await desk.feeds("import", "DIR/in.opml"), 0,
                out: "DIR/in.opml: 3 feeds added to DIR/feeds.opml\n\(Self.hint)")
            #expect(try desk.bytes("feeds.opml") == Data(foreign.utf8))
            let export = try await desk.feeds("export")
            #expect(export.standardOutput == foreign)
            #expect(export.exitCode == 0)
        }
    }

    @Test func anImportIsMergedAndWhatIsWrongIsTold() async throws {
        let desk = try desk()
        try desk.write("in.opml", Self.foreign)
        let fault =
            "DIR/in.opml:9:3: xmlUrl \"gopher://old.example/\" has the scheme gopher, must be http:// or https://\n"
        expect(
            try await desk.feeds("import", "DIR/in.opml"), 65,
            out:
                "DIR/in.opml: 1 feed added to DIR/feeds.opml, 1 configured already, 1 left out\n\(Self.hint)",
            err: fault)
        #expect(
            try desk.text("feeds.opml").hasSuffix(
                """
                  <outline text="Twice" xmlUrl="https://TWICE.example" x:y="z"/>
                  <!-- kept -->
                  <outline text="G" xmlns:fz="https://fz.example/">
                    <outline text="New" xmlUrl="https://new.example/" fz:id="7"/>
                  </outline>
                </body></opml>
                """))
        let before = try desk.bytes("feeds.opml")
        expect(
            try await desk.feeds("import", "-", "--json", input: "in.opml"), 65,
            out: "{\"added\":0,\"already_there\":2,\"left_out\":1,\"list\":\"DIR/feeds.opml\"}\n",
            err: fault.replacing("DIR/in.opml", with: "-"))
        #expect(try desk.bytes("feeds.opml") == before)
    }

    @Test func aListFromAPipeIsNoLongerThanOneFromAFile() async throws {
        let desk = try Desk()
        try desk.write("in.opml", String(repeating: " ", count: (16 << 20) + 1))
        for source in ["-", "DIR/in.opml"] {
            expect(
                try await desk.feeds("import", source, input: "in.opml"), 65,
                err: "newswatch: \(source): larger than 16 MiB\n")
        }
    }

    @Test func whatIsNoListIsNotImported() async throws {
        let desk = try Desk()
        try desk.write("in.opml", "<opml><body><outline></body></opml>")
        expect(
            try await desk.feeds("import", "DIR/in.opml"), 65,
            err: "DIR/in.opml:1:22: </body> where </outline> must stand\n")
        expect(
            try await desk.feeds("import", "DIR/nothing.opml"), 74,
            err: "newswatch: DIR/nothing.opml: no such file\n")
        try Data("<opml/>".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
            .write(to: desk.folder.appending(path: "in.opml"))
        let utf16 = try await desk.feeds("import", "DIR/in.opml")
        #expect(utf16.exitCode == 65)
        #expect(utf16.standardError.contains("convert it to UTF-8 (iconv -f UTF-16 -t UTF-8"))
        #expect(try desk.names() == ["in.opml", "newswatchd.toml"])
    }

    @Test func anExportHoldsEverythingThatIsConfigured() async throws {
        let desk = try desk()
        let whole = """
            <opml version="2.0"><!-- mine --><body>
              <outline text="News"><outline text="World">
                <outline text="Twice" xmlUrl="https://twice.example/"/>
              </outline></outline>
              <outline text="Same" xmlUrl="https://same1.example/"/>
              <outline text="Twice" xmlUrl="https://TWICE.example" x:y="z"/>
              <outline text="Same" xmlUrl="https://same2.example/"/><outline xmlUrl="SITE/nameless"/>
              <outline type="rss" text="Own" title="Own" xmlUrl="SITE/own.xml"/>
            </body></opml>
            """
        expect(try await desk.feeds("export"), 0, out: whole)
        expect(try await desk.feeds("export", "DIR/out.opml"), 0, out: "DIR/out.opml: 5 feeds\n")
        #expect(try desk.text("out.opml") == whole)
        expect(
            try await desk.feeds("export", "DIR/out.opml"), 74,
            err: "newswatch: DIR/out.opml: file exists\n")
    }

    // MARK: test

    @Test func aTrialShowsWhatThePollWouldSee() async throws {
        let desk = try Desk()
        expect(
            try await desk.feeds("test", "SITE/moved.xml"), 0,
            out: """
                SITE/moved.xml
                  answer      200, application/rss+xml, 464 bytes, N ms
                  from        SITE/feed.xml
                  moved       for good to SITE/feed.xml: put this address into the configuration
                  validators  ETag "v1", Last-Modified Fri, 17 Nov 2023 21:30:00 GMT
                  feed        rss-2.0 “Harbour & Courier”, 3 entries
                  next poll   in 1 h: the feed asks to be left alone for 60 min (ttl)
                  2023-11-17 21:28Z  Newest [31m  https://harbour.example/7
                  2023-11-17 20:28Z  Second  https://harbour.example/2
                  -  Undated

                """)
        expect(
            try await desk.feeds("test", "SITE/atom.xml", "--json"), 0,
            out: """
                {"answered_from":"SITE/atom.xml","bytes":151,"content_type":"application/atom+xml","entries":\
                [{"link":null,"published":"2023-11-17T20:28:00Z","title":"One"}],"entry_count":1,"error":null,\
                "etag":null,"format":"atom-1.0","last_modified":null,"moved_to":null,"next_poll_reason":\
                "the server calls its answer fresh for 2 h","next_poll_seconds":7200,"problems":[],"seconds":N,\
                "status":200,"title":"Atom","url":"SITE/atom.xml"}

                """)
        #expect(try desk.names() == ["newswatchd.toml"])
    }

    @Test func aTrialOfAConfiguredFeedUsesItsSettings() async throws {
        let desk = try Desk()
        try desk.write(
            "newswatchd.toml",
            try desk.text("newswatchd.toml").replacing("DIR", with: desk.folder.path).replacing(
                "feeds.opml", with: "f"
            )
            .replacing("opml = [\"f\"]", with: "")
                + """
                [[feed]]
                url = "SITE/atom.xml"
                name = "Own"
                interval = "3h"
                user = "ada"
                password_file = "password"
                headers = { X-Desk = "7" }

                """)
        try desk.write("password", "secret\n")
        let result = try await desk.feeds("test", "Own")
        #expect(result.exitCode == 0)
        #expect(
            result.standardOutput.contains("next poll   in 3 h: every 3 h, as configured for this feed\n"))
        let request = try #require(desk.server.requests.first)
        #expect(request["X-Desk"] == "7")
        #expect(request["Authorization"] == "Basic YWRhOnNlY3JldA==")
    }

    @Test func aTrialThatFailsSaysWhy() async throws {
        let desk = try Desk()
        expect(
            try await desk.feeds("test", "SITE/broken"), 69,
            out: """
                SITE/broken
                  answer      503, N ms
                  next poll   in 5 min: the server asks for fewer requests (HTTP 503): next attempt after 5 min

                """,
            err: "newswatch: SITE/broken: the server asks for fewer requests (HTTP 503)\n")
        expect(
            try await desk.feeds("test", "SITE/two.html"), 65,
            out: """
                SITE/two.html
                  answer      200, text/html, 224 bytes, N ms
                  validators  none: each poll brings the whole document
                  next poll   in 5 min: failed once: next attempt after 5 min

                """,
            err:
                "newswatch: SITE/two.html: not a feed: the root element is <html>; the page names 2 feeds, `newswatch feeds add` shows them\n"
        )
        let half = try await desk.feeds("test", "SITE/half.xml")
        #expect(half.exitCode == 65)
        #expect(
            half.standardOutput.contains(" [unclosed-element]\n")
                || half.standardOutput.contains(" [truncated"))
        #expect(try await desk.feeds("test", "SITE/cut.xml").exitCode == 69)
        expect(
            try await desk.feeds("test", "nosuch"), 65,
            err: "newswatch: no feed “nosuch” is configured; `newswatch feeds list` shows them\n")
        expect(
            try await desk.feeds("test", "gopher://a.example/"), 65,
            err: "newswatch: gopher://a.example/ has the scheme gopher, must be http:// or https://\n")
        desk.server.stop()
        let silent = try await desk.feeds("test", "SITE/feed.xml", "--json")
        #expect(silent.exitCode == 69)
        #expect(silent.standardOutput.contains("\"status\":null"))
    }
}
