import Fetching
import Scheduling

/// A sink as configured, with the secrets that its file held when it was read.
struct OpenedSink: Sendable, Equatable {
    let configuration: SinkConfiguration
    private let credential: SinkCredential
    /// Made of the two above; nil where nothing is sent by HTTP.
    private let writer: (any AlertWriter)?

    /// Throws when the secret file cannot be used.
    init(_ configuration: SinkConfiguration) throws(AlertingError) {
        self.configuration = configuration
        guard case .webhook(let url, let secretFile, _) = configuration.destination else {
            credential = .none
            writer = nil
            return
        }
        let format = configuration.format
        if let secretFile {
            credential = try SinkCredential(path: secretFile, for: format)
        } else {
            credential = .none
        }
        do {
            writer = try format.writer(
                url: url, credential: credential, policy: configuration.policy)
        } catch {
            throw AlertingError(
                code: error.code, message: "sink \(configuration.name): \(error.message)")
        }
    }

    static func == (left: Self, right: Self) -> Bool {
        left.configuration == right.configuration && left.credential == right.credential
    }

    func sink(transfer: HTTPTransfer, time: any TimeSource) -> any AlertSink {
        let name = configuration.name
        switch configuration.destination {
        case .stdout:
            return StandardOutputSink(
                name: name, format: configuration.format, policy: configuration.policy)
        case .file(let path):
            return FileSink(
                name: name, path: path, format: configuration.format, policy: configuration.policy)
        case .webhook(_, _, let allowPrivate):
            guard let writer else { preconditionFailure("a webhook is opened with its writer") }
            return WebhookSink(
                name: name, writer: writer, allowPrivate: allowPrivate, transfer: transfer, time: time)
        case .exec(let command):
            return ExecSink(name: name, command: command)
        }
    }
}
