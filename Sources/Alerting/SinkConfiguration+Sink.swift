import Fetching
import Scheduling

extension SinkConfiguration {
    /// The sink that this configures. Throws when the secret file cannot be used.
    func sink(transfer: HTTPTransfer, time: any TimeSource) throws(AlertingError) -> any AlertSink {
        switch destination {
        case .stdout:
            return StandardOutputSink(name: name, format: format)
        case .file(let path):
            return FileSink(name: name, path: path, format: format)
        case .webhook(let url, let secretFile, let allowPrivate):
            var secrets: WebhookSecrets?
            if let secretFile { secrets = try WebhookSecrets(path: secretFile) }
            return WebhookSink(
                name: name, url: url, secrets: secrets, allowPrivate: allowPrivate, transfer: transfer,
                time: time)
        }
    }
}
