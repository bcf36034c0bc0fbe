import Foundation

/// The keys that a webhook's requests are signed with. Never printed.
package struct WebhookSecrets: Sendable, Equatable, CustomStringConvertible {
    /// Decoded keys in the order of the file; the first is the current one.
    let keys: [[UInt8]]

    /// 24 to 64 bytes (Standard Webhooks 1.0.0).
    static let keyBytes = 24...64

    /// Reads secrets from the text of a secret file: one `whsec_` + base64 a line; blank lines and lines
    /// that begin with `#` do not count. Several lines sign every request several times, which lets a receiver
    /// move from the old secret to the new one.
    package init(text: String) throws(AlertingError) {
        var keys: [[UInt8]] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let secret = line.trimmingCharacters(in: .whitespaces)
            if secret.isEmpty || secret.hasPrefix("#") { continue }
            guard secret.hasPrefix("whsec_"), let key = Data(base64Encoded: String(secret.dropFirst(6)))
            else {
                throw AlertingError(
                    code: .secret, message: "line \(index + 1) is not whsec_ followed by base64")
            }
            guard Self.keyBytes.contains(key.count) else {
                throw AlertingError(
                    code: .secret,
                    message: "line \(index + 1) has a key of \(key.count) bytes, must be 24 to 64")
            }
            keys.append([UInt8](key))
        }
        guard !keys.isEmpty else { throw AlertingError(code: .secret, message: "holds no secret") }
        self.keys = keys
    }

    package var description: String { "\(keys.count) webhook secrets" }

    /// The value of `webhook-signature`: `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`, once for
    /// each key, with spaces between. `timestamp` is in whole Unix seconds.
    package func signature(id: String, timestamp: Int64, body: [UInt8]) throws(AlertingError) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        var signatures: [String] = []
        for key in keys {
            signatures.append("v1," + Data(try Hashing.hmacSHA256(key: key, signed)).base64EncodedString())
        }
        return signatures.joined(separator: " ")
    }
}
