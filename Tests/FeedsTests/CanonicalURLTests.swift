import Feeds
import Testing

@Suite struct CanonicalURLTests {
    @Test(arguments: [
        ("HTTP://WWW.Example.ORG:80/a/?utm_source=rss&b=2&a=1#top", "https://example.org/a?a=1&b=2"),
        ("https://m.example.org/a", "https://example.org/a"), ("https://example.org", "https://example.org/"),
        ("https://example.org/story/amp/", "https://example.org/story"),
        ("https://example.org/story.amp.html", "https://example.org/story.html"),
        ("https://www.google.com/amp/s/example.org/story/amp", "https://example.org/story"),
        ("https://example-org.cdn.ampproject.org/c/s/example.org/story", "https://example.org/story"),
        ("https://user:pw@example.org:8080/x", "https://example.org:8080/x"),
        ("https://example.org/%7eme/%c3%a9 ", "https://example.org/~me/%C3%A9"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("https://example.org/#!/page", "https://example.org/#!/page"),
        ("https://example.org/?id=7&fbclid=x&at_medium=RSS", "https://example.org/?id=7"),
    ])
    func addressesOfOnePageAreEqual(url: String, expected: String) {
        #expect(CanonicalURL.canonical(url) == expected)
        #expect(CanonicalURL.canonical(expected) == expected)
    }

    @Test(arguments: ["", "mailto:a@b", "tag:x", "/a/b", "http://", "https:///x", "ftp://e.org/", "http:"])
    func whatIsNoPageHasNone(url: String) { #expect(CanonicalURL.canonical(url) == nil) }

    @Test func differentPagesStayApart() {
        #expect(CanonicalURL.canonical("http://e.org/?p=1") != CanonicalURL.canonical("http://e.org/?p=2"))
        #expect(CanonicalURL.canonical("http://e.org/A") != CanonicalURL.canonical("http://e.org/a"))
        #expect(CanonicalURL.canonical("http://m.com/") == "https://m.com/")
    }

    @Test(arguments: [
        ("https://news.bbc.co.uk/x", "bbc.co.uk"), ("https://www.nytimes.com/", "nytimes.com"),
        ("edition.cnn.com", "cnn.com"),
        ("https://ann.substack.com/p/1", "ann.substack.com"), ("http://127.0.0.1:80/", "127.0.0.1"),
        ("http://[::1]/", "[::1]"),
        ("https://www3.nhk.or.jp/news", "nhk.or.jp"), ("https://www.smh.com.au/", "smh.com.au"),
        ("https://taz.de", "taz.de"),
    ])
    func outletIsTheRegistrableDomain(url: String, expected: String) {
        #expect(CanonicalURL.outlet(url) == expected)
    }

    @Test func noHostIsNoOutlet() { #expect(CanonicalURL.outlet("") == nil) }
}
