import Markup
import Testing

@Suite struct ContentTypeTests {
    @Test(arguments: [
        ("application/rss+xml", "application/rss+xml", nil),
        ("Text/XML; Charset=\"ISO-8859-1\"", "text/xml", "ISO-8859-1"),
        ("text/html;charset=utf-8;x=y", "text/html", "utf-8"),
        (" text/xml ; x ; charset = 'koi8-r' ", "text/xml", "koi8-r"),
        ("application/xml; charset=", "application/xml", nil),
    ])
    func typeAndCharsetAreReadTolerantly(header: String, mediaType: String, charset: String?) {
        let type = ContentType(header)
        #expect(type?.mediaType == mediaType)
        #expect(type?.charset == charset)
    }

    @Test func emptyHeaderIsNoType() { #expect(ContentType(" ; charset=utf-8") == nil) }
}
