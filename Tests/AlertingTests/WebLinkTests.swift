import Testing

@testable import Alerting

@Suite struct WebLinkTests {
    @Test(arguments: [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d", "example.org"),
        ("HTTPS://Example.ORG:8443/A", "https://example.org:8443/A", "example.org"),
        ("http://example.org", "http://example.org", "example.org"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ("https://example.org/\u{202E}a b\n", "https://example.org/%E2%80%AEa%20b%0A", "example.org"),
        (
            "https://example.org/)](<b>|*'\"`\\{",
            "https://example.org/%29%5D%28%3Cb%3E%7C%2A%27%22%60%5C%7B",
            "example.org"
        ),
        ("https://example.org/%41%zz%", "https://example.org/%41%25zz%25", "example.org"),
        ("https://example.org?@evil.example", "https://example.org?@evil.example", "example.org"),
        ("https://example.org/größe", "https://example.org/gr%C3%B6%C3%9Fe", "example.org"),
    ])
    func addressIsShownWithNothingThatMarkupActsOn(_ text: String, _ url: String, _ host: String) {
        #expect(WebLink(text)?.url == url)
        #expect(WebLink(text)?.host == host)
    }

    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt://example.org/%0Aalert(1)", "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/", "//example.org/", "/a", "", "https://", "https:///a", "https:example.org",
        " https://example.org/", "https://example.org@evil.example/", "https://me:you@evil.example/",
        "https://evil.example\\@example.org/", "https://exаmple.org/",
        "https://example.org\u{2044}a.evil.example/",
        "https://[::1]/", "https://example.org:/", "https://example.org:123456/", "https://example.org:8o/",
        "https://example.org%2f@evil.example/", "https://ex ample.org/",
        "https://example.org/" + String(repeating: "a", count: 2048),
    ])
    func whatDoesNotLeadWhereItSaysIsNoLink(_ text: String) {
        #expect(WebLink(text) == nil)
    }
}
