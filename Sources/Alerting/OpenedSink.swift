import Fetching
import Scheduling

/// A sink as configured, with the secrets that its file held when it was read.
struct OpenedSink: Sendable, Equatable {
    var configuration: SinkConfiguration
    private var secrets: WebhookSecrets?

    /// Throws when the secret file cannot be used.
    init(_ configuration: SinkConfiguration) throws(AlertingError) {
        self.configuration = configuration
        if case .webhook(_, let secretFile?, _) = configuration.destination {
            secrets = try WebhookSecrets(path: secretFile)
        }
    }

    func sink(transfer: HTTPTransfer, time: any TimeSource) -> any AlertSink {
        let name = configuration.name
        switch configuration.destination {
        case .stdout:
            return StandardOutputSink(name: name, format: configuration.format)
        case .file(let path):
            return FileSink(name: name, path: path, format: configuration.format)
        case .webhook(let url, _, let allowPrivate):
            return WebhookSink(
                name: name, url: url, secrets: secrets, allowPrivate: allowPrivate, transfer: transfer,
                time: time)
        }
    }
}
