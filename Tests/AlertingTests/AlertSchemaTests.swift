import Foundation
import Testing

@testable import Alerting

/// `docs/alert.schema.json`, by a validator that is not ours.
@Suite(
    .enabled(if: Judge.schema.isPresent, "SKIPPED: no Python with jsonschema; `make interop` brings one"),
    .timeLimit(.minutes(5)))
struct AlertSchemaTests {
    private static let schema = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/alert.schema.json")

    private func verdicts(_ documents: [String]) -> [String] {
        Judge.schema.verdicts([Self.schema.path], on: documents.joined(separator: "\n") + "\n")
    }

    private func documents() throws -> [String] {
        try Samples.everyAlert().map { try AlertJSON.text(of: $0) }
    }

    @Test func everyTypeIsValid() throws {
        let alerts = try Samples.everyAlert()
        #expect(Set(alerts.map(\.type)) == Set(AlertType.allCases))
        #expect(verdicts(try documents()) == alerts.map { _ in "valid" })
    }

    @Test func hostileTextIsValid() throws {
        let documents = try HostileText.all.map { try AlertJSON.text(of: $0.alert()) }
        #expect(verdicts(documents) == documents.map { _ in "valid" })
    }

    /// One change to an alert that makes none of it.
    static let changes: [String: @Sendable (inout [String: Any]) -> Void] = [
        "without id": { $0["id"] = nil },
        "another id": { $0["id"] = "1" },
        "without data": { $0["data"] = nil },
        "an unknown type": { $0["type"] = "development" },
        "a time of day elsewhere": { $0["timestamp"] = "2024-03-05T09:31:00+01:00" },
        "one more part": { $0["more"] = true },
        "one more part of the data": { alert in
            var data = alert["data"] as? [String: Any] ?? [:]
            data["more"] = true
            alert["data"] = data
        },
        "empty data": { $0["data"] = [String: Any]() },
    ]

    @Test(arguments: changes.keys.sorted())
    func whatIsNoAlertIsInvalid(_ name: String) throws {
        let change = try #require(Self.changes[name])
        let changed = try documents().map { document in
            let object = try JSONSerialization.jsonObject(with: Data(document.utf8))
            var alert = try #require(object as? [String: Any])
            change(&alert)
            return String(decoding: try JSONSerialization.data(withJSONObject: alert), as: UTF8.self)
        }
        let verdicts = verdicts(changed)
        #expect(verdicts.count == changed.count)
        #expect(!verdicts.contains("valid"))
    }
}
