import Hummingbird
import Logging
import NIOCore
import NIOPosix
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

    /// Serves until graceful shutdown or cancellation, then removes the socket file. At graceful shutdown requests in
    /// flight are answered first; what is streamed, and long work, is broken off. Cancelled, it closes every connection
    /// at once. Throws ``ControlServerError`` when the socket cannot be opened.
    package func run() async throws {
        try file.prepare()
        let opening = Opening()
        let connections = OpenConnections()
        // One loop: a connection that is accepted while the server closes would else be dropped half made, which
        // the transport takes for a bug and traps (apple/swift-nio, issue 2813).
        let loop = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let application = application(on: loop, connections: connections, opening: opening)
        let result = await Self.withoutCancellation {
            try await application.run()
        } onCancel: {
            connections.close()
        }
        try await loop.shutdownGracefully()
        if !opening.isDone, case .failure(let error) = result {
            throw ControlServerError.bindFailed(path: file.path, reason: String(describing: error))
        }
        if let error = opening.error { throw error }
        // Closed by us, the library finds that its server has ended unexpectedly.
        if !Task.isCancelled { try result.get() }
        try file.remove()
    }

    /// The server library must not see a cancellation: connections that it has accepted and not yet served would be
    /// dropped, which traps for the same reason. Closed from outside, it ends in order.
    private static func withoutCancellation(
        _ body: @escaping @Sendable () async throws -> Void, onCancel: @escaping @Sendable () -> Void
    ) async -> Result<Void, any Error> {
        let task = Task { try await body() }
        return await withTaskCancellationHandler {
            await task.result
        } onCancel: {
            onCancel()
        }
    }

    private func application(
        on loop: MultiThreadedEventLoopGroup, connections: OpenConnections, opening: Opening
    ) -> some ApplicationProtocol {
        Application(
            responder: ControlResponder(control: control, logger: logger),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        OpenConnections.Registration(in: connections),
                        ConnectionDeadlines(request: .init(requestTimeout), stall: .init(stallTimeout)),
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
                connections.add(channel)
                do throws(ControlServerError) {
                    try file.setMode()
                    opening.record(nil)
                    await onReady()
                } catch {
                    opening.record(error)
                    channel.close(promise: nil)
                }
            },
            eventLoopGroupProvider: .shared(loop),
            logger: logger)
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
