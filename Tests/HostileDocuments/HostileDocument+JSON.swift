extension HostileDocument {
    /// JSON feeds.
    static let json: [HostileDocument] = [
        HostileDocument(
            "hundred thousand arrays in each other", .feed(entries: 1, good: 1, isComplete: true)
        ) { feed("\(goodItem),\(repeated("[", 100_000))\(repeated("]", 100_000))") },
        HostileDocument(
            "hundred thousand objects in each other", .feed(entries: 2, good: 1, isComplete: true)
        ) {
            feed("\(goodItem),\(repeated("{\"a\":", 100_000))1\(repeated("}", 100_000))")
        },
        HostileDocument("arrays that never end", .feed(entries: 1, good: 1, isComplete: false)) {
            feed("\(goodItem),\(repeated("[", 100_000))")
        },
        HostileDocument("numbers beyond all numbers", .feed(entries: 2, good: 1, isComplete: true)) {
            feed(
                "{\"id\":\(repeated("9", 100_000)),\"size\":1e999999999,\"other\":-0.\(repeated("0", 100_000))1}"
                    + ",\(goodItem)")
        },
        HostileDocument("keys that come twice", .feed(entries: 2, good: 2, isComplete: true)) {
            feed("{\"title\":\"good\",\"title\":\"bad\"},\(goodItem)")
        },
        HostileDocument("hundred thousand keys", .feed(entries: 2, good: 2, isComplete: true)) {
            feed("{\((0..<100_000).map { "\"k\($0)\":0," }.joined())\"title\":\"good\"},\(goodItem)")
        },
        HostileDocument("a million small values", .feed(entries: 1, good: 1, isComplete: true)) {
            "{\"version\":\"\(version)\",\"x\":[\(repeated("0,", 1_000_000))0],\"items\":[\(goodItem)]}"
        },
        HostileDocument("a million items that are none", .feed(entries: 1, good: 1, isComplete: true)) {
            feed("\(repeated("0,", 1_000_000))\(goodItem)")
        },
        HostileDocument("a million empty objects", .feed(entries: 1, good: 1, isComplete: true)) {
            "{\"version\":\"\(version)\",\"x\":[\(repeated("{},", 1_000_000))0],\"items\":[\(goodItem)]}"
        },
        HostileDocument("half pairs and other escapes", .feed(entries: 2, good: 1, isComplete: true)) {
            feed("{\"title\":\"\\ud800\\udc\\ude00\\u00\\x\\u0000\"},\(goodItem)")
        },
        HostileDocument("a JSON string of 5 MB", .feed(entries: 2, good: 1, isComplete: false)) {
            feed("{\"content_text\":\"\(repeated("x", 5 << 20))\"},\(goodItem)")
        },
        HostileDocument("a million escapes", .feed(entries: 2, good: 1, isComplete: true)) {
            feed("{\"content_text\":\"\(repeated("\\n", 1_000_000))\"},\(goodItem)")
        },
        HostileDocument("a JSON string that never ends", .feed(entries: 1, good: 1, isComplete: false)) {
            feed("\(goodItem),{\"title\":\"x")
        },
        HostileDocument("JSON cut behind an item", .feed(entries: 1, good: 1, isComplete: false)) {
            "{\"version\":\"\(version)\",\"items\":[\(goodItem),"
        },
        HostileDocument("values of the wrong kind", .feed(entries: 2, good: 1, isComplete: true)) {
            feed(
                "{\"id\":{},\"title\":[],\"url\":true,\"date_published\":0,\"authors\":\"x\",\"author\":[1]},"
                    + "null,[],\"x\",\(goodItem)")
        },
        HostileDocument(
            "10,001 JSON entries", .feed(entries: 10_000, good: 10_000, isComplete: false),
            ownFile: .feed(entries: 10_001, good: 10_001, isComplete: true)
        ) { feed(repeated("\(goodItem),", 10_000) + goodItem) },
        HostileDocument("rubbish behind JSON", .feed(entries: 1, good: 1, isComplete: true)) {
            feed(goodItem) + repeated("}]", 100_000)
        },
        HostileDocument("JSON that is no feed", .refused) { "[\(repeated("{},", 100_000)){}]" },
        HostileDocument("JSON with items of text", .refused) { "{\"items\":\"\(goodItem.count)\"}" },
    ]

    private static let version = "https://jsonfeed.org/version/1.1"
    private static let goodItem = "{\"id\":\"1\",\"title\":\"good\"}"

    private static func feed(_ items: String) -> String {
        "{\"version\":\"\(version)\",\"items\":[\(items)]}"
    }
}
