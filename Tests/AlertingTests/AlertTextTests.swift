import Foundation
import Stories
import Testing

@testable import Alerting

@Suite struct AlertTextTests {
    private func line(
        headline: String, outlet: String = "example.org", url: String? = "https://example.org/a"
    ) throws
        -> String
    {
        var item = Samples.item()
        item.outlet = outlet
        item.url = url
        return AlertText.line(
            of: try Samples.alert(item: item, opening: Samples.opening(headline: headline)))
    }

    @Test func developmentIsOneLineForPeople() throws {
        #expect(
            try line(headline: "Harbour Line dismisses its director")
                == "2024-03-05T09:30:00Z NEW removal  Harbour Line dismisses its director · example.org (en)"
                + " · https://example.org/a · dev_abc high")
    }

    @Test func lateDevelopmentWithoutAddressSaysSo() throws {
        var item = Samples.item()
        item.url = nil
        item.language = nil
        let alert = try Samples.alert(item: item, late: true)
        #expect(
            AlertText.line(of: alert)
                == "2024-03-05T09:30:00Z LATE removal  Harbour Line dismisses its director · example.org · dev_abc high"
        )
    }

    @Test func headlineInALanguageThatNobodyReadsHasAGloss() throws {
        let alert = try AlertComposer.newDevelopment(Samples.reported())
        let shown = "La compañía del puerto despide a su director"
        #expect(
            AlertText.line(of: alert).contains(
                "\(shown) · Harbour Line: leaves a post against their will · Diario del Puerto (es)"))
        var policy = SinkPolicy()
        policy.languages = ["de", "es-MX"]
        #expect(AlertText.line(of: alert, readBy: policy).contains("\(shown) · Diario del Puerto (es)"))
        let digest = try AlertComposer.digest(
            topic: "ferry", reason: .late, developments: [Samples.reported()], at: Samples.now)
        #expect(
            AlertText.line(of: digest).contains(
                " · 2024-03-05 \(shown) (Harbour Line: leaves a post against their will) · "))
    }

    @Test func digestNamesTheFirstAndCountsTheRest() throws {
        let developments = (0..<10).map { Samples.development("dev_\($0)", at: Samples.now + Double($0)) }
        let digest = try AlertComposer.digest(
            topic: "ferry", reason: .firstContact, developments: developments, at: Samples.now)
        let line = AlertText.line(of: digest)
        #expect(
            line.hasPrefix(
                "2024-03-05T09:31:00Z DIGEST ferry  10 developments already known · 2024-03-05 Headline of dev_0 · "
            ))
        #expect(line.hasSuffix(" · 2024-03-05 Headline of dev_7 · and 2 more · \(digest.id)"))
    }

    @Test func testAlertIsRecognisable() throws {
        let alert = try AlertComposer.test(at: Samples.now)
        #expect(AlertText.line(of: alert).hasPrefix("2024-03-05T09:31:00Z TEST  "))
        #expect(AlertText.line(of: alert).hasSuffix(" · " + alert.id))
    }

    /// Titles that try to end the line, forge another one, or show it in another order.
    @Test(arguments: [
        ("a\nb", "a b"),
        ("a\r\n2024-01-01T00:00:00Z NEW forged", "a 2024-01-01T00:00:00Z NEW forged"),
        ("a\u{85}b\u{2028}c\u{2029}d\u{B}e\u{C}f", "a b c d e f"),
        ("\u{1B}[2Ja\u{1B}]0;x\u{7}b\u{9B}31m", "[2Ja ]0;x b 31m"),
        ("a\u{202E}b\u{202C}c\u{2066}d\u{2069}\u{200E}\u{200F}\u{61C}", "abcd"),
        ("a\u{0}b\u{8}\u{8}c\u{7F}d", "a b c d"),
        ("  a \t b\u{3000}\u{A0} c  ", "a b c"),
        (
            "a · evil.example (en) · https://evil.example/ · dev_x high",
            "a - evil.example (en) - https://evil.example/ - dev_x high"
        ),
        ("a\u{200B}b\u{FEFF}c\u{AD}d\u{2060}e\u{E0041}f", "abcdef"),
        ("l·l paral·lel", "l·l paral·lel"),
        ("می\u{200C}خواهم 👩\u{200D}🚀", "می\u{200C}خواهم 👩\u{200D}🚀"),
        ("", ""),
        ("\n\r\u{202E}", ""),
    ])
    func hostileTitleStaysAFieldOfItsLine(_ title: String, _ shown: String) throws {
        let line = try line(headline: title)
        #expect(
            line
                == "2024-03-05T09:30:00Z NEW removal  \(shown) · example.org (en) · https://example.org/a · dev_abc high"
        )
    }

    @Test func hostileOutletAndAddressStayFields() throws {
        #expect(
            try line(headline: "a", outlet: "b\n · c", url: "https://e.org/\u{202E}x y\n·")
                == "2024-03-05T09:30:00Z NEW removal  a · b - c (en) · https://e.org/%E2%80%AEx%20y%0A%C2%B7 · dev_abc high"
        )
    }

    @Test func boundlessTitleIsCut() throws {
        let line = try line(headline: String(repeating: "x", count: 5000))
        #expect(line.contains(String(repeating: "x", count: 399) + "… · "))
    }
}
