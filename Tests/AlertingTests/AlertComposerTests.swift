import Feeds
import Foundation
import Stories
import Testing

@testable import Alerting

@Suite struct AlertComposerTests {
    @Test func payloadIsTheContractsDocument() throws {
        let text = try AlertJSON.text(of: Samples.alert())
        #expect(
            text == #"{"data":{"alerted_at":"2024-03-05T09:31:00Z","confidence":"high","corroboration":1,"#
                + #""entry_id":"17","first_published":"2024-03-05T09:30:00Z","headline":"Harbour Line dismisses its director","#
                + #""id":"dev_abc","kind":"removal","late":false,"sources":[{"lang":"en","outlet":"example.org","#
                + #""published":"2024-03-05T09:30:00Z","title":"Harbour Line dismisses its director","#
                + #""url":"https://example.org/a?b=1"}],"topic":"ferry","why":"No earlier removal is known."},"#
                + #""id":"\#(try Samples.alert().id)","timestamp":"2024-03-05T09:31:00Z","type":"development.new"}"#
        )
    }

    @Test func missingPartsOfASourceAreLeftOut() throws {
        var item = Samples.item()
        item.url = nil
        item.language = nil
        item.published = nil
        let text = try AlertJSON.text(of: Samples.alert(item: item))
        #expect(
            text.contains(
                #""sources":[{"outlet":"example.org","title":"Harbour Line dismisses its director"}]"#))
    }

    @Test func everyAlertReadsBackAsItWas() throws {
        let digest = try AlertComposer.digest(
            topic: "ferry", reason: .firstContact, developments: [Samples.development("dev_a")],
            at: Samples.now)
        for alert in [try Samples.alert(), digest, try AlertComposer.test(at: Samples.now)] {
            #expect(try AlertJSON.alert(from: AlertJSON.text(of: alert)) == alert)
        }
    }

    @Test func idsDependOnTypeAndDevelopmentsOnly() throws {
        let first = try Samples.alert()
        var item = Samples.item()
        item.title = "Another title"
        #expect(try Samples.alert(item: item, at: Samples.now + 60).id == first.id)
        #expect(try Samples.alert(id: "dev_other").id != first.id)
        // Fixed: receivers and the outbox know alerts of earlier versions by it.
        #expect(first.id == "msg_5eavy7pacjn55towraojjywdus")
        let shape = try Regex("msg_[a-z2-7]{26}")
        #expect(first.id.wholeMatch(of: shape) != nil)
    }

    @Test func digestIsTheSameInWhateverOrderItsDevelopmentsCome() throws {
        let early = Samples.development("dev_b", at: Samples.now - 100)
        let late = Samples.development("dev_a", at: Samples.now)
        let one = try AlertComposer.digest(
            topic: "ferry", reason: .late, developments: [late, early], at: Samples.now)
        let two = try AlertComposer.digest(
            topic: "ferry", reason: .late, developments: [early, late], at: Samples.now)
        #expect(one == two)
        #expect(one.developments.map(\.rawValue) == ["dev_b", "dev_a"])
        let other = try AlertComposer.digest(
            topic: "quay", reason: .late, developments: [late, early], at: Samples.now)
        #expect(other.id != one.id)
    }

    @Test func typeAndDataOfADigestAreTheContracts() throws {
        let digest = try AlertComposer.digest(
            topic: "ferry", reason: .firstContact, developments: [Samples.development("dev_a")],
            at: Samples.now)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(AlertJSON.text(of: digest).utf8)) as? [String: Any])
        #expect(object["type"] as? String == "digest")
        let data = try #require(object["data"] as? [String: Any])
        #expect((data["developments"] as? [[String: Any]])?.first?["id"] as? String == "dev_a")
        #expect(data["reason"] as? String == "first_contact")
    }

    @Test func testsSentByHandDiffer() throws {
        let one = try AlertComposer.test(at: Samples.now)
        #expect(try AlertComposer.test(at: Samples.now + 0.5).id != one.id)
        #expect(one.type == .test)
        #expect(one.developments.isEmpty)
    }

    @Test(arguments: [
        String(repeating: "x", count: 100_000), "x" + String(repeating: "\u{301}", count: 100_000),
    ])
    func boundlessTitlesAreCut(_ title: String) throws {
        var item = Samples.item()
        item.title = title
        #expect(try AlertJSON.text(of: Samples.alert(item: item)).utf8.count < 20_000)
    }

    @Test func jsonHoldsNoCharacterThatBreaksALineOrTurnsText() throws {
        var item = Samples.item()
        item.title = "a\nb\r\u{85}\u{2028}\u{2029}\u{1B}[2J\u{202E}\u{2066}\u{7F}\u{9B}z\u{200F}"
        let text = try AlertJSON.text(of: Samples.alert(item: item))
        #expect(!text.unicodeScalars.contains { LineText.breaksLine($0) || LineText.turnsDirection($0) })
        guard case .development(let development) = try AlertJSON.alert(from: text).content else {
            Issue.record("no development")
            return
        }
        #expect(development.sources.first?.title == item.title)
    }
}
