import Foundation

/// What proves to a receiver who sends. Never printed.
package struct BearerToken: Sendable, Equatable, CustomStringConvertible {
    /// 4,096 bytes: longer than any token that a server gives.
    static let maxBytes = 4096

    private let token: String

    /// Reads the text of a secret file: the first line that is not blank and does not begin with `#`.
    package init(text: String) throws(AlertingError) {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        guard let token = lines.first(where: { !$0.isEmpty && !$0.hasPrefix("#") }) else {
            throw AlertingError(code: .secret, message: "holds no secret")
        }
        guard token.utf8.count <= Self.maxBytes, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw AlertingError(
                code: .secret, message: "holds no token: up to 4096 letters, digits and signs without spaces")
        }
        self.token = token
    }

    package var description: String { "a token" }

    /// The value of the `Authorization` field (RFC 6750 section 2.1).
    var authorization: String { "Bearer \(token)" }
}
