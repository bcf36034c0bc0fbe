import Fetching
import Foundation
import LoopbackServer
import Synchronization

/// A document long enough to be cut.
let sample = Array(String(repeating: "<item>news</item>\n", count: 2000).utf8)

/// Collects what a consumer is handed.
final class Collector: Sendable {
    private let state = Mutex<[[UInt8]]>([])

    var chunks: [[UInt8]] { state.withLock { $0 } }
    var bytes: [UInt8] { chunks.flatMap { $0 } }

    func take(_ chunk: [UInt8]) { state.withLock { $0.append(chunk) } }
}

/// Runs `body` with a transfer that is shut down afterwards.
func withTransfer<Value>(_ body: (HTTPTransfer) async throws -> Value) async throws -> Value {
    let transfer = try HTTPTransfer()
    do {
        let value = try await body(transfer)
        await transfer.shutdown()
        return value
    } catch {
        await transfer.shutdown()
        throw error
    }
}

/// A request to a server on loopback.
func local(_ url: String) -> HTTPRequest {
    var request = HTTPRequest(url: url)
    request.allowPrivate = true
    return request
}
