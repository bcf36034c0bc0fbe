import Fetching
import Testing

@Suite struct WebURLTests {
    @Test func partsAreThoseThatAreAsked() throws {
        let url = try WebURL("HTTPS://user:secret@Example.ORG./feed?x=1#part")
        #expect(url.scheme == "https")
        #expect(url.host == "example.org")
        #expect(url.port == 443)
        #expect(!url.publicText.contains("secret"))
        #expect(!url.text.contains("#"))
    }

    @Test(arguments: ["http://0x7f.1/", "http://2130706433/", "http://127.1/", "http://0177.0.0.1/"])
    func numericSpellingsOfLoopbackAreSeenThrough(text: String) throws {
        #expect(try WebURL(text).host == "127.0.0.1")
    }

    @Test func bracketsAreNotPartOfTheHost() throws {
        #expect(try WebURL("http://[::1]:8080/").host == "::1")
    }

    @Test(arguments: [
        "", "example.org", "file:///etc/passwd", "gopher://x/", "http://", "//x/", "http://a\0b/",
        "javascript:1",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(throws: TransferError.self) { try WebURL(text) }
    }

    @Test func errorsKeepSecretsAndControlCharactersOut() {
        let error = #expect(throws: TransferError.self) { try WebURL("ftp://user:secret@host/\n\u{1B}[31m") }
        #expect(error?.description.contains("secret") == false)
        #expect(error?.description.contains("\n") == false)
    }

    @Test(arguments: [
        ("/b", "http://h.example/b"), ("b", "http://h.example/dir/b"), ("?q", "http://h.example/dir/a?q"),
        ("//o.example/x", "http://o.example/x"), ("https://o.example/", "https://o.example/"),
        ("../up", "http://h.example/up"), ("#part", "http://h.example/dir/a"),
        ("/\u{C3}\u{A9} x", "http://h.example/%C3%A9%20x"),
    ])
    func locationIsResolved(location: String, result: String) throws {
        #expect(try WebURL("http://h.example/dir/a").resolved(location).text == result)
    }

    @Test(arguments: [
        ("http://a.example/", "http://a.example/x", true), ("http://a.example/", "http://b.example/", false),
        ("http://a.example/", "http://a.example:81/", false),
        ("http://a.example/", "https://a.example/", true),
        ("https://a.example/", "http://a.example/", false),
        ("http://a.example:8080/", "https://a.example/", false),
    ])
    func secretsStayWithTheirHost(from: String, to: String, mayShare: Bool) throws {
        #expect(try WebURL(to).mayShareSecrets(with: WebURL(from)) == mayShare)
    }
}
