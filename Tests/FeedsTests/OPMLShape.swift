import Foundation
import Testing

/// Lists as real readers write them, made up here: their layout, their own attributes, their encodings.
struct OPMLShape: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    /// A group that a feed can be added to.
    var group: String?

    var testDescription: String { name }

    init(_ name: String, group: String?, _ text: String, encoding: String.Encoding = .utf8) {
        self.name = name
        self.group = group
        bytes = [UInt8](text.data(using: encoding) ?? Data())
    }

    static let all = [foldersWithCRLF, namespaces, latin1, flat, twoFolders, singleQuotes, oneLine, tabs]

    /// Nested folders, every name twice, line ends of Windows.
    static let foldersWithCRLF = OPMLShape(
        "folders, CRLF", group: "World",
        """
        <?xml version="1.0" encoding="utf-8"?>
        <opml version="1.0">
          <head>
            <title>Subscriptions of Ada</title>
            <dateCreated>Fri, 17 Nov 2023 20:28:00 GMT</dateCreated>
          </head>
          <body>
            <outline text="News" title="News">
              <outline text="World" title="World">
                <outline text="Harbour" title="Harbour" type="rss" xmlUrl="https://harbour.example/rss?a=1&amp;b=2" htmlUrl="https://harbour.example/"/>
              </outline>
              <outline text="Éclair" title="Éclair" type="rss" xmlUrl="https://eclair.example/rss" htmlUrl="https://eclair.example/"/>
            </outline>
            <outline text="Loose" title="Loose" type="rss" xmlUrl="https://loose.example/rss" htmlUrl="https://loose.example/"/>
          </body>
        </opml>

        """.replacingOccurrences(of: "\n", with: "\r\n"))

    /// Attributes and an element of the program's own namespaces, one of them declared on the body.
    static let namespaces = OPMLShape(
        "namespaces", group: "Tech",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <opml version="2.0" xmlns:owl="https://owl.example/ns/opml" xmlns:fz="https://fz.example/1.0">
            <head><title>Owl</title><owl:state collapsed="true"/></head>
            <body xmlns:note="https://note.example/ns">
                <outline text="Tech" owl:isSet="false" owl:id="12">
                    <outline text="Wire" owl:id="13" xmlUrl="https://wire.example/atom" fz:quickMode="true" fz:interval="900">
                        <note:remark kind="praise">reads &lt;well&gt;</note:remark>
                    </outline>
                </outline>
                <outline text="Plain" xmlUrl="https://plain.example/atom" />
            </body>
        </opml>
        """)

    /// An old encoding, comments, entities of its own, a CDATA section.
    static let latin1 = OPMLShape(
        "ISO-8859-1, comments, entities", group: "Presse",
        """
        <?xml version="1.0" encoding="ISO-8859-1"?>
        <!DOCTYPE opml [
          <!ENTITY outlet "Café Söhne, &#8222;seit&#8220; 1923">
        ]>
        <!-- exported by hand -->
        <opml version="1.1">
        \t<head><title><![CDATA[Müllers <Liste>]]></title></head>
        \t<body>
        \t\t<!-- the good ones -->
        \t\t<outline text="Presse">
        \t\t\t<!-- since 2009 -->
        \t\t\t<outline type="rss" text="&outlet;" xmlUrl="http://cafe.example/feed" description="jeden Tag &#8212; früh"/>
        \t\t</outline>
        \t\t<outline type="rss" text="Zürich" xmlUrl="http://zuerich.example/feed"/> <!-- slow -->
        \t</body>
        </opml>

        """, encoding: .isoLatin1)

    /// No folders, categories and attributes that nobody else knows, no indentation.
    static let flat = OPMLShape(
        "flat", group: nil,
        """
        <opml version="2.0">
        <head>
        <title/>
        <ownerName>Grace</ownerName>
        </head>
        <body>
        <outline type="rss" text="One" xmlUrl="https://one.example/feed" category="/Boston/Weather,/Tags/wx" created="Mon, 31 Oct 2005 18:21:33 GMT" unread="17" muted="false"/>
        <outline type="atom" text="Two &quot;quoted&quot;" xmlUrl="https://two.example/feed" version="RSS2" x-sort-key="00042"/>
        <outline type="link" text="A page" url="https://page.example/"/>
        </body>
        </opml>
        """)

    /// A byte order mark, one feed in two folders, an empty folder, an empty line.
    static let twoFolders = OPMLShape(
        "a feed in two folders", group: "Later",
        """
        \u{FEFF}<?xml version="1.0" encoding="UTF-8" standalone="no"?>
        <opml version="2.0">
          <head>
            <title>日本のニュース</title>
          </head>

          <body>
            <outline text="Morning">
              <outline type="rss" text="速報" xmlUrl="https://sokuho.example/rss"/>
            </outline>

            <outline text="Evening">
              <outline type="rss" text="速報" xmlUrl="https://sokuho.example/rss"/>
            </outline>
            <outline text="Later" />
          </body>
        </opml>

        """)

    /// Single quotes, attributes over several lines, an empty group of two tags, everything in one default namespace.
    static let singleQuotes = OPMLShape(
        "single quotes", group: "All",
        """
        <?xml version='1.0'?>
        <opml version='2.0' xmlns='https://opml.example/default'>
          <body>
            <outline text='All'>
              <outline
                text='He said "no"'
                xmlUrl='https://no.example/feed?x=&apos;'
                _custom='a&#10;b'
              />
              <outline text='Deep'><outline text='Deeper'></outline></outline>
            </outline>
          </body>
        </opml>
        """)

    /// Everything on one line.
    static let oneLine = OPMLShape(
        "one line", group: "G",
        "<opml version=\"2.0\"><head/><body><outline text=\"G\"><outline text=\"A\" xmlUrl=\"https://a.example/\"/>"
            + "</outline> <outline text=\"B\" xmlUrl=\"https://b.example/\"/></body></opml>")

    /// Tabs, several outlines on a line, an instruction, no line end before the end of the body.
    static let tabs = OPMLShape(
        "tabs", group: "T",
        """
        <?xml version="1.0"?>
        <?xml-stylesheet type="text/xsl" href="opml.xsl"?>
        <opml version="2.0">
        \t<head><title>Tabs</title></head>
        \t<body><?sort by="name"?>
        \t\t<outline text="T">
        \t\t\t<outline text="1" xmlUrl="https://t1.example/"/><outline text="2" xmlUrl="https://t2.example/"/>
        \t\t\t<outline text="3" xmlUrl="https://t3.example/"/></outline>
        \t\t<outline text="4" xmlUrl="https://t4.example/"/></body>
        </opml>
        """)
}
