import Testing

@testable import Stories

@Suite struct HashedListsTests {
    @Test func elementsAreFoundInTheirOrderAndNothingElseIs() {
        var lists = HashedLists<Int>()
        #expect(lists.isEmpty && lists[0].isEmpty)
        // The same bit for all: only the dictionary tells them apart.
        let hashes = (0..<40).map { UInt64($0) << 15 | 77 }
        for (place, hash) in hashes.enumerated() where place % 2 == 0 {
            lists.append(place, for: hash)
            lists.append(-place, for: hash)
        }
        for (place, hash) in hashes.enumerated() {
            #expect(lists[hash] == (place % 2 == 0 ? [place, -place] : []))
            #expect(lists[hash + 1].isEmpty)
        }
        #expect(!lists.isEmpty)
    }
}
