/// How a sink writes an alert.
package enum AlertFormat: String, Sendable, CaseIterable {
    /// One line for people, to stdout or a file.
    case text
    /// The alert's JSON document: one line of stdout or a file, the body of a webhook, the input of a program.
    case json
    /// A message to a webhook of Slack.
    case slack
    /// A message to a webhook of Discord.
    case discord
    /// A message to a topic of ntfy.
    case ntfy
    /// A message to a room of Matrix.
    case matrix
    /// A message to a workflow of Microsoft Teams.
    case teams

    /// What a secret file of a webhook holds.
    package enum Secret: Sendable {
        /// The keys that sign requests.
        case signingKeys
        /// An access token of the receiver.
        case token(isRequired: Bool)
        /// There is none: the address is the secret.
        case none
    }

    /// What stdout and files take.
    package static let ofLines: [AlertFormat] = [.text, .json]
    /// What webhooks take.
    package static let ofWebhooks: [AlertFormat] = [.json, .slack, .discord, .ntfy, .matrix, .teams]

    /// What a secret file of a webhook holds.
    package var secret: Secret {
        switch self {
        case .text, .json: .signingKeys
        case .ntfy: .token(isRequired: false)
        case .matrix: .token(isRequired: true)
        case .slack, .discord, .teams: .none
        }
    }

    /// What `url` lacks as the address of a webhook with this format; nil when nothing.
    package func fault(inAddress url: String) -> String? {
        do throws(AlertingError) {
            switch self {
            case .ntfy: _ = try NtfyWriter(url: url, token: nil)
            case .matrix: _ = try MatrixWriter.address(ofRoom: url)
            case .text, .json, .slack, .discord, .teams: break
            }
            return nil
        } catch {
            return error.message
        }
    }

    /// Writes for the webhook at `url`. Throws for an address or a credential that does not fit.
    func writer(
        url: String, credential: SinkCredential, policy: SinkPolicy
    ) throws(AlertingError) -> any AlertWriter {
        let writer: any MessageWriter
        switch self {
        case .text, .json: return StandardWebhookWriter(url: url, secrets: credential.secrets)
        case .slack: writer = SlackWriter(url: url)
        case .discord: writer = DiscordWriter(url: url)
        case .ntfy: writer = try NtfyWriter(url: url, token: credential.token)
        case .matrix:
            guard let token = credential.token else {
                throw AlertingError(code: .secret, message: "matrix needs a secret_file with an access token")
            }
            writer = try MatrixWriter(url: url, token: token)
        case .teams: writer = TeamsWriter(url: url)
        }
        return AlertMessenger(writer: writer, policy: policy)
    }
}
