import Foundation
import Testing

@testable import Stories

@Suite struct StorySettingsTests {
    @Test func everyFeatureHasAWeight() {
        #expect(StorySettings.fitted.weights.count == Features().values.count)
    }

    @Test func everySortOfTermHasAFactor() {
        #expect(StorySettings.fitted.sortFactors.count == Term.Sort.allCases.count { !$0.isTime })
    }

    @Test func aContradictionNeverJoins() {
        #expect(StorySettings.fitted.contradicted < StorySettings.fitted.join)
    }

    @Test func namedNumbersTakeThePlaceOfTheShippedOnes() throws {
        var expected = StorySettings.fitted
        expected.join = 0.75
        expected.sortFactors[0] = 9
        let json = try JSONEncoder().encode(expected.sortFactors)
        let text = #"{"join":0.75,"sortFactors":\#(String(decoding: json, as: UTF8.self))}"#
        #expect(try StorySettings.fitted.replacing(Data(text.utf8)) == expected)
    }

    @Test(arguments: ["", "[]", "1", #"{"join":"high"}"#])
    func whatIsNoObjectOfNumbersIsRefused(json: String) {
        #expect(throws: (any Error).self) { try StorySettings.fitted.replacing(Data(json.utf8)) }
    }
}
