import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// HTTP/JSON on a unix socket: the only way to speak to a running daemon.
///
/// The caller holds the lock of the socket's path before ``run()``: a socket file that is found is taken for a
/// killed daemon's and removed.
package struct ControlServer: Service {
    /// A request's body may have this many bytes; a poll request needs about 2 KiB.
    package static let maximumBodyBytes = 64 * 1024
    /// All header fields of a request together, in bytes.
    package static let maximumHeaderBytes = 16 * 1024
    /// A single header field, in bytes.
    package static let maximumHeaderFieldBytes = 8 * 1024
    /// Header fields in a request.
    package static let maximumHeaderFields = 64
    /// Connections at a time; further ones wait in the kernel's queue.
    package static let maximumConnections = 64
    /// A connection on which nothing arrives for this long is closed.
    package static let idleTimeout = Duration.seconds(30)
    /// From the headers of a request to the end of its body, however its bytes drip.
    package static let requestTimeout = Duration.seconds(30)
    /// A client that takes nothing of an answer for this long, while more waits than the channel holds, is dropped.
    package static let stallTimeout = Duration.seconds(30)

    private let file: SocketFile
    private let control: any DaemonControl
    private let logger: Logger
    private let idleTimeout: Duration
    private let requestTimeout: Duration
    private let stallTimeout: Duration
    private let onReady: @Sendable () async -> Void

    /// A server on `socketPath` that is closed until ``run()``. `onReady` runs once when clients can connect.
    /// Without a logger nothing is logged.
    package init(
        socketPath: String, control: any DaemonControl, logger: Logger? = nil,
        idleTimeout: Duration = ControlServer.idleTimeout,
        requestTimeout: Duration = ControlServer.requestTimeout,
        stallTimeout: Duration = ControlServer.stallTimeout,
        onReady: @escaping @Sendable () async -> Void = {}
    ) {
        self.file = SocketFile(path: socketPath)
        self.control = control
        self.logger = logger ?? Logger(label: "control") { _ in SwiftLogNoOpLogHandler() }
        self.idleTimeout = idleTimeout
        self.requestTimeout = requestTimeout
        self.stallTimeout = stallTimeout
        self.onReady = onReady
    }

    /// Serves until graceful shutdown or cancellation, then removes the socket file. Requests in flight are
    /// answered first; what is streamed, and long work, is broken off. Throws ``ControlServerError`` when the socket cannot be opened.
    package func run() async throws {
        try file.prepare()
        let opening = Opening()
        let application = Application(
            responder: ControlResponder(control: control, logger: logger),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        ConnectionDeadlines(request: .init(requestTimeout), stall: .init(stallTimeout))
                    ],
                    idleTimeout: .init(idleTimeout),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: Self.maximumHeaderFieldBytes,
                        maxHeaderListSize: Self.maximumHeaderBytes,
                        maxHeaderFieldCount: Self.maximumHeaderFields))),
            configuration: ApplicationConfiguration(
                address: .unixDomainSocket(path: file.path),
                availableConnectionsDelegate: .maximum(Self.maximumConnections, logger: logger)),
            onServerRunning: { [file, onReady] channel in
                do throws(ControlServerError) {
                    try file.setMode()
                    opening.record(nil)
                    await onReady()
                } catch {
                    opening.record(error)
                    channel.close(promise: nil)
                }
            },
            logger: logger)
        do {
            try await application.run()
        } catch  where !opening.isDone {
            throw ControlServerError.bindFailed(path: file.path, reason: String(describing: error))
        }
        if let error = opening.error { throw error }
        try file.remove()
    }

    /// How opening the socket went; written by the server library's callback, read after it has returned.
    private final class Opening: Sendable {
        private let state = Mutex<(isDone: Bool, error: ControlServerError?)>((false, nil))

        var isDone: Bool { state.withLock(\.isDone) }
        var error: ControlServerError? { state.withLock(\.error) }

        func record(_ error: ControlServerError?) {
            state.withLock { $0 = (true, error) }
        }
    }
}
