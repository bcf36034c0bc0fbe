import Feeds
import Testing

@Suite struct FeedDateTests {
    private func date(_ text: String) -> String? {
        let document = rss("<item><pubDate>\(text)</pubDate></item>")
        guard let entry = parse(document).entries.first, let date = entry.published else { return nil }
        return date.formatted(.iso8601)
    }

    @Test(arguments: [
        ("Tue, 02 Jan 2024 02:57:05 +0000", "2024-01-02T02:57:05Z"),
        ("2 Jan 2024 02:57 GMT", "2024-01-02T02:57:00Z"),
        ("Tue, 2 Jan 24 02:57:05 EST", "2024-01-02T07:57:05Z"),
        ("Tue, 02 Jan 2024 02:57:05 +0530", "2024-01-01T21:27:05Z"),
        ("Tue Jan  2 02:57:05 2024", "2024-01-02T02:57:05Z"),
        ("January 2, 2024 2:57 PM", "2024-01-02T14:57:00Z"),
        ("2 January 2024", "2024-01-02T00:00:00Z"), ("2024-01-02T02:57:05Z", "2024-01-02T02:57:05Z"),
        ("2024-01-02T02:57:05.123456+01:00", "2024-01-02T01:57:05Z"),
        ("2024-01-02T02:57-08:00", "2024-01-02T10:57:00Z"),
        ("2024-01-02 02:57:05", "2024-01-02T02:57:05Z"), ("2024-01-02", "2024-01-02T00:00:00Z"),
        ("2024-01", "2024-01-01T00:00:00Z"),
        ("20240102T025705Z", "2024-01-02T02:57:05Z"), ("20240102", "2024-01-02T00:00:00Z"),
        ("2004-W05-1", "2004-01-26T00:00:00Z"), ("2004W051T1030Z", "2004-01-26T10:30:00Z"),
        ("2020-W53-7", "2021-01-03T00:00:00Z"), ("2024-W01", "2024-01-01T00:00:00Z"),
        ("2024-060", "2024-02-29T00:00:00Z"),
        ("12/31/2023 23:00", "2023-12-31T23:00:00Z"), ("31.12.2023", "2023-12-31T00:00:00Z"),
        ("Di, 02 Jan 2024 02:57:05 MEZ", "2024-01-02T01:57:05Z"),
        ("mar., 02 janv. 2024 02:57:05 +0100", "2024-01-02T01:57:05Z"),
        ("Вт, 02 янв 2024 02:57:05 +0300", "2024-01-01T23:57:05Z"),
        ("2 de enero de 2024", "2024-01-02T00:00:00Z"),
        ("Sun, 31 Dec 2023 24:00:00 GMT", "2024-01-01T00:00:00Z"),
        ("Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00Z"),
        ("02 Jan 2024 02:57:05 GMT+0200", "2024-01-02T00:57:05Z"),
        ("Thu, 09 Feb 1906 23:59:45 +0000", "1906-02-09T23:59:45Z"),
        ("2024年1月2日 02:57", "2024-01-02T02:57:00Z"), ("Tue, 02 Jan 2024 02:57:05 Q", "2024-01-02T02:57:05Z"),
    ])
    func writtenDatesAreRead(text: String, expected: String) { #expect(date(text) == expected) }

    @Test(arguments: [
        "yesterday", "2024-13-01", "2023-02-29", "32 Jan 2024", "Tue, 02 Foo 2024", "2024-01-02T25:00:00Z",
        "0000-00-00", "2004-W54-1", "2004-W05-8",
        "99999999999999999999999", "1", "12:30", "-1", "2024-01-02T10:61:00Z", "0", ":::", "+++++",
    ])
    func whatIsNoDateIsLeftOutAndNoted(text: String) {
        let parsed = parse(rss("<item><pubDate>\(text)</pubDate></item>"))
        #expect(parsed.entries.count == 1)
        #expect(parsed.entries.first?.published == nil)
        #expect(parsed.problems.map(\.code) == ["unreadable-date"])
    }
}
