import Testing

@testable import Stories

@Suite struct TextGroupsTests {
    @Test func elementsAreFoundByTheirGroupAndGroupsWithoutAnyAreEmpty() {
        let groups = TextGroups([1, 2, 20, 21, 40]) { $0 / 10 }
        #expect((0..<6).map { Array(groups[$0]) } == [[1, 2], [], [20, 21], [], [40], []])
        #expect(TextGroups([Int]()) { $0 }[0].isEmpty)
    }
}
