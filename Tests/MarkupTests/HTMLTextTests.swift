import Markup
import Testing

@Suite struct HTMLTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("  two \n\t words ", "two words"), ("a&nbsp;b", "a b"),
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("a<br/>b<br>c", "a\nb\nc"), ("<b>bo</b>ld", "bold"), ("x &lt; y &amp;amp; z", "x < y &amp; z"),
        ("<script>var a = '<p>no</p>';</script>yes", "yes"), ("<style>p{}</style>yes<!-- no -->", "yes"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"), ("<a href=\"x>y\">link</a>", "link"), ("", ""),
        ("<p></p>", ""),
        ("<ul><li>a<li>b</ul>", "a\nb"), ("caf&eacute &copy2024", "café ©2024"), ("cut <b", "cut"),
    ])
    func textIsWhatAReaderSees(html: String, expected: String) {
        #expect(HTMLText.plainText(html) == expected)
    }

    @Test func hundredThousandNestedElementsAreNoProblem() {
        let html = String(repeating: "<div>", count: 100_000) + "deep"
        #expect(HTMLText.plainText(html) == "deep")
    }
}
