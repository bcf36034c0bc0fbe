extension HostileDocument {
    /// What is no feed at all.
    static let otherFiles: [HostileDocument] = [
        HostileDocument("nothing", .refused) { [] },
        HostileDocument("white space", .refused) { repeated(" \n", 100_000) },
        // What gzip(1) writes of no bytes at all.
        HostileDocument("gzip that nobody declared", .refused) {
            [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        },
        HostileDocument("a ZIP archive", .refused) { Array("PK\u{3}\u{4}".utf8) + noise(1_000) },
        HostileDocument("a megabyte of noise", .refused) { noise(1 << 20) },
        HostileDocument("a page of HTML", .refused) {
            "<!DOCTYPE html><html><head><title>good</title></head><body>\(repeated("<p>x", 100_000))</body></html>"
        },
        HostileDocument("XML of another kind", .refused) { "<svg>\(repeated("<g/>", 100_000))</svg>" },
        HostileDocument("a megabyte of text", .refused) { repeated("no markup here & \"there\" ", 40_000) },
    ]

    /// Bytes that look random and are the same in every run (a linear congruential generator, Numerical Recipes).
    private static func noise(_ count: Int) -> [UInt8] {
        var state: UInt32 = 1
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
    }
}
