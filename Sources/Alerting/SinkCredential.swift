import Foundation

/// What a receiver knows newswatch by.
package enum SinkCredential: Sendable, Equatable {
    case none
    case signing(WebhookSecrets)
    case token(BearerToken)

    /// The folder that systemd lays a service's credentials in, as a path may begin with it.
    package static let folderVariable = "$CREDENTIALS_DIRECTORY"

    /// What the text of a secret file is to a format.
    package init(text: String, for format: AlertFormat) throws(AlertingError) {
        switch format.secret {
        case .signingKeys: self = .signing(try WebhookSecrets(text: text))
        case .token: self = .token(try BearerToken(text: text))
        case .none: self = .none
        }
    }

    /// What the secret file at `path` is to a format.
    init(path: String, for format: AlertFormat) throws(AlertingError) {
        guard !path.hasPrefix(Self.folderVariable) else {
            throw AlertingError(
                code: .secret,
                message: "secret_file \(path): systemd has given no credentials (LoadCredential= in the unit)"
            )
        }
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw AlertingError(code: .secret, message: "secret file \(path) cannot be read")
        }
        do {
            try self.init(text: String(decoding: data, as: UTF8.self), for: format)
        } catch {
            throw AlertingError(code: .secret, message: "secret file \(path): \(error.message)")
        }
    }

    var secrets: WebhookSecrets? {
        if case .signing(let secrets) = self { secrets } else { nil }
    }

    var token: BearerToken? {
        if case .token(let token) = self { token } else { nil }
    }
}
