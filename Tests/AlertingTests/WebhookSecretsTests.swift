import Foundation
import Testing

@testable import Alerting

@Suite struct WebhookSecretsTests {
    /// The vector that the Standard Webhooks reference libraries test with.
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    private static let body = Array(#"{"test": 2432232314}"#.utf8)
    private static let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    @Test func vectorOfTheStandardIsSigned() throws {
        let secrets = try WebhookSecrets(text: Self.secret)
        #expect(
            try secrets.signature(id: Self.id, timestamp: 1_614_265_330, body: Self.body) == Self.signature)
    }

    @Test func everyPartIsCoveredByTheSignature() throws {
        let secrets = try WebhookSecrets(text: Self.secret)
        #expect(
            try secrets.signature(id: Self.id + "x", timestamp: 1_614_265_330, body: Self.body)
                != Self.signature)
        #expect(
            try secrets.signature(id: Self.id, timestamp: 1_614_265_331, body: Self.body) != Self.signature)
        #expect(try secrets.signature(id: Self.id, timestamp: 1_614_265_330, body: []) != Self.signature)
    }

    @Test func everySecretOfTheFileSigns() throws {
        let other = "whsec_" + Data(repeating: 7, count: 24).base64EncodedString()
        let secrets = try WebhookSecrets(text: "# new\n\(other)\n\n  \(Self.secret)  \r\n")
        let signatures = try secrets.signature(id: Self.id, timestamp: 1_614_265_330, body: Self.body)
            .split(separator: " ")
        #expect(signatures.count == 2)
        #expect(signatures.allSatisfy { $0.hasPrefix("v1,") })
        #expect(signatures[1] == Self.signature)
    }

    @Test(arguments: [
        ("", "holds no secret"),
        ("# only a comment\n", "holds no secret"),
        ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "line 1 is not whsec_ followed by base64"),
        ("# a\nwhsec_?", "line 2 is not whsec_ followed by base64"),
        ("whsec_", "line 1 has a key of 0 bytes, must be 24 to 64"),
        ("whsec_c2hvcnQ=", "line 1 has a key of 5 bytes, must be 24 to 64"),
        (
            "whsec_" + Data(repeating: 1, count: 65).base64EncodedString(),
            "line 1 has a key of 65 bytes, must be 24 to 64"
        ),
    ])
    func malformedSecretsAreRefusedWithoutShowingThem(_ text: String, _ message: String) {
        #expect(throws: AlertingError(code: .secret, message: message)) { try WebhookSecrets(text: text) }
    }

    @Test func secretsArePrintedAsACount() throws {
        #expect("\(try WebhookSecrets(text: Self.secret))" == "1 webhook secrets")
    }
}
