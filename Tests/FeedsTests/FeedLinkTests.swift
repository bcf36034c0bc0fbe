import Feeds
import Testing

/// The feeds that a page names.
@Suite struct FeedLinkTests {
    private func links(_ page: String, baseURL: String? = "https://site.example/dir/page.html") -> [FeedLink]
    {
        FeedLink.links(in: Array(page.utf8), baseURL: baseURL)
    }

    @Test func linksAreFoundInTheirOrderWithTheirTitles() {
        #expect(
            links(
                """
                <!doctype html><HTML><head><title>x</title>
                <LINK REL="Alternate" TYPE="application/rss+xml" TITLE="Main &amp; more" HREF="../feed.xml?a=1&amp;b=2">
                <link rel='home alternate' type='application/atom+xml; charset=utf-8' href='//other.example/atom'>
                <link rel=alternate type=application/feed+json href=/feed.json>
                </head><body><link rel="alternate" type="application/rdf+xml" href="https://c.example/rdf"></body>
                """) == [
                    FeedLink(
                        url: "https://site.example/feed.xml?a=1&b=2", title: "Main & more",
                        mediaType: "application/rss+xml"),
                    FeedLink(url: "https://other.example/atom", mediaType: "application/atom+xml"),
                    FeedLink(url: "https://site.example/feed.json", mediaType: "application/feed+json"),
                    FeedLink(url: "https://c.example/rdf", mediaType: "application/rdf+xml"),
                ])
    }

    @Test func theFirstBaseOfThePageIsHonoured() {
        let page = """
            <link rel="alternate" type="application/rss+xml" href="feed">
            <base target="_top"><base href="/blog/"><base href="https://wrong.example/">
            """
        #expect(links(page).map(\.url) == ["https://site.example/blog/feed"])
    }

    @Test func plainJSONCountsOnlyWhereThereIsNothingBetter() {
        let json = "<link rel=alternate type=application/json href=/wp-json/1>"
        #expect(links(json).map(\.url) == ["https://site.example/wp-json/1"])
        #expect(
            links(json + "<link rel=alternate type=application/rss+xml href=/rss>").map(\.url)
                == ["https://site.example/rss"])
    }

    @Test(arguments: [
        "<link rel=stylesheet type=application/rss+xml href=a>", "<link rel=alternate hreflang=de href=a>",
        "<link rel=alternate type=text/html href=a>", "<link rel=alternate type=application/rss+xml>",
        "<link rel=alternate type=application/rss+xml href=''>",
        "<a rel=alternate type=application/rss+xml href=a>",
        "<link rel=alternates type=application/rss+xml href=a>",
        "<!-- <link rel=alternate type=application/rss+xml href=a> -->",
        "<script>'<link rel=alternate type=application/rss+xml href=a>'</script>", "",
    ])
    func everythingElseIsNoFeed(_ page: String) {
        #expect(links(page).isEmpty)
    }

    @Test func noAddressIsNamedTwice() {
        let link = "<link rel=alternate type=application/rss+xml href=/rss>"
        #expect(links(link + link).count == 1)
    }

    @Test func aPageIsReadWithinLimits() {
        let link = "<link rel=alternate type=application/rss+xml href="
        let many = (0..<1000).map { "\(link)/\($0)>" }.joined()
        #expect(links(many).count == FeedLink.maxLinks)
        #expect(links(String(repeating: " ", count: FeedLink.maxPageBytes) + many).isEmpty)
    }

    @Test func thePagesEncodingIsThatOfTheHeader() {
        let page =
            Array("<link rel=alternate type=application/rss+xml href=a title='".utf8) + [0xFC]
            + Array("'>".utf8)
        #expect(FeedLink.links(in: page, contentType: "text/html; charset=latin1").first?.title == "ü")
    }
}
