import Foundation
import Synchronization

/// A scripted HTTP/1.1 server for tests, on 127.0.0.1 or a unix socket. Each connection has a thread, so that
/// an answer may take as long as the test likes. Stops when it is let go.
package final class LoopbackServer: Sendable {
    /// The port on 127.0.0.1; 0 for a unix socket.
    package let port: UInt16

    private let core: ServerCore

    /// Listens on a free port of 127.0.0.1, or of the `host`th loopback address after it, and answers every request
    /// by `script`. Hosts are told apart by their address, not by their port.
    package init(
        host: UInt16 = 0, _ script: @escaping @Sendable (LoopbackRequest) -> LoopbackAnswer
    ) throws {
        let listener = try ListeningSocket.loopback(host: host)
        port = listener.port
        core = ServerCore(listener, script)
        core.start()
    }

    /// Listens on a unix socket at `unixSocket`, which must not exist yet.
    package init(
        unixSocket path: String, _ script: @escaping @Sendable (LoopbackRequest) -> LoopbackAnswer
    ) throws {
        port = 0
        core = ServerCore(try ListeningSocket.unix(path), script)
        core.start()
    }

    deinit {
        core.stop()
    }

    /// The address of a path, such as `/feed.xml`, on `host`.
    package func url(_ path: String, host: String = "127.0.0.1") -> String {
        "http://\(host):\(port)\(path)"
    }

    /// Every request so far, in the order of their arrival.
    package var requests: [LoopbackRequest] { core.state.withLock { $0.requests } }

    /// Requests for one path, such as `/feed.xml`, without regard to the query.
    package func requests(for path: String) -> [LoopbackRequest] { requests.filter { $0.path == path } }

    /// The most requests that were being answered at the same time.
    package var mostAtOnce: Int { core.state.withLock { $0.mostAtOnce } }

    /// Connections accepted.
    package var connections: Int { core.state.withLock { $0.accepted } }

    /// Bytes written to peers, heads included.
    package var bytesSent: Int { core.state.withLock { $0.bytesSent } }

    /// Returns when at least `count` requests have arrived, true; false when `limit` has passed before.
    package func waitForRequests(_ count: Int, limit: Duration = .seconds(20)) async -> Bool {
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: limit)
        while requests.count < count {
            if clock.now >= deadline { return false }
            do { try await clock.sleep(for: .milliseconds(5)) } catch { return false }
        }
        return true
    }

    /// Closes the listener and every connection. May be called more than once.
    package func stop() { core.stop() }
}
