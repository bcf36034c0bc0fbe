#!/usr/bin/env python3
"""seeds.py FOLDER: writes what each fuzzer starts from into FOLDER/Fuzz{Feed,Date,Text,Encoding}."""
import pathlib
import sys

ITEM = """<item><title>a &amp; b &eacute; &#8212; &e;</title><link>/1</link><guid isPermaLink="false">1</guid>
<pubDate>Tue, 02 Jan 2024 02:57:05 +0100</pubDate><dc:creator>Ann (a@e.org)</dc:creator><category>x</category>
<description>&lt;p&gt;short&lt;/p&gt;</description><content:encoded><![CDATA[<p>long <a href="x">y</a></p>]]></content:encoded>
<media:group><media:title>m</media:title></media:group><enclosure url="a.mp3" length="1" type="audio/mpeg"/></item>"""
NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)
RSS = f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY e "v &#38; w">]>
<rss version="2.0" {NAMESPACES}><channel><title>T</title><link>http://e.org/</link><ttl>60</ttl>
<skipHours><hour>3</hour></skipHours>{ITEM}{ITEM}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://e.org/a/" xml:lang="de"><title type="html">&lt;b&gt;T</title>
<link rel="self" href="f"/><link href="./"/><updated>2024-01-02T00:00:00Z</updated>
<entry><id>urn:1</id><title>A</title><link href="1"/><updated>2024-01-02T02:57:05.5+01:00</updated>
<author><name>N</name><email>n@e.org</email></author><summary type="text">s</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a<br/><img src="i.png"/></p></div></content>
<source><title>S</title></source></entry>
<entry><id>urn:2</id><content type="application/octet-stream">aGVsbG8=</content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>T</title></channel>
<item rdf:about="http://e.org/1"><title>a</title><dc:date>2024-01-02</dc:date></item></rdf:RDF>"""
CDF = """<CHANNEL HREF="http://e.org/" LASTMOD="1998-11-05T22:40"><TITLE>T</TITLE>
<ITEM HREF="http://e.org/1"><TITLE>a</TITLE><ABSTRACT>b</ABSTRACT></ITEM></CHANNEL>"""
JSON = """{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":7,"url":"/1","title":"a",
"content_html":"<p>h</p>","date_published":"2024-01-02T03:04:05-07:00","authors":[{"name":"Ann"}]}]}"""
BROKEN = "junk <?xml version='1.0'?><rss><channel><item><title>a < b & c<item><title>d<!-- e --></itm><x y='z><b>"

DATES = """Tue, 02 Jan 2024 02:57:05 +0000|2 Jan 24 02:57 EST|2024-01-02T02:57:05.123Z|2024-060|20240102T025705Z
Tue Jan  2 02:57:05 2024|12/31/2023 11:59 PM|31.12.2023|mar., 02 janv. 2024 02:57:05 +0100|2024年1月2日 02:57
Sun, 31 Dec 2023 24:00:00 GMT|Sat, 31 Dec 2016 23:59:60 GMT|Вт, 02 янв 2024|January 2, 2024 2:57 PM""".replace("\n", "|")

HTML = """<p class="x">One &amp; two &eacute; &copy2024 &#8212; &#x1F600;</p><script>if (a < b) { '</p>' }</script>
<style>p{}</style><!-- no --><ul><li>a<li>b</ul>1 < 2<br/><a href="x>y" title='z'>link</a><![CDATA[c]]><img src=i>"""

LABELS = ["utf-8", "iso-8859-1", "windows-1251", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "big5", "euc-kr",
          "koi8-r", "utf-7", "cp437", "x-none"]


def feeds():
    for text in (RSS, ATOM, RDF, CDF, JSON, BROKEN):
        yield b"\x1f" + text.encode()
    yield b"\x05" + RSS.replace("utf-8", "utf-16").encode("utf-16")


def encodings():
    text = "<?xml version='1.0' encoding='%s'?><a>news, Grüße, новости, 新聞, ニュース, 뉴스 😀</a>"
    for place, label in enumerate(LABELS):
        codec = "utf-8" if label == "x-none" else label
        yield bytes([place, 6]) + (text % label).encode(codec, "ignore")
    for codec in ("cp1251", "koi8-u", "big5", "cp932", "euc-jp", "euc-kr", "gb18030", "cp1252"):
        yield b"\0\5" + ("<a>" + text[44:]).encode(codec, "ignore")
        yield b"\1\5" + (text % "utf-8").encode(codec, "ignore")
    for codec in ("utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-32-be", "cp037"):
        yield b"\0\2" + (text % codec).encode(codec, "ignore")


SEEDS = {
    "FuzzFeed": feeds,
    "FuzzDate": lambda: (date.encode() for date in DATES.split("|")),
    "FuzzText": lambda: [HTML.encode(), b"plain", b"a&nbsp;b<br>c"],
    "FuzzEncoding": encodings,
}

for name, seeds in SEEDS.items():
    folder = pathlib.Path(sys.argv[1]) / name
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (folder / f"seed-{number:02}").write_bytes(seed)
