import Dispatch
import Glibc

/// Asks the system's resolver for addresses, as libcurl does before it connects.
package enum NameLookup {
    /// Looks all `hosts` up at the same time. Returns why those without an address have none; a host that is not
    /// answered within `limit` is one of them, and its thread is left to end by itself.
    package static func failures(of hosts: [String], limit: Duration) async -> [String: String] {
        guard !hosts.isEmpty else { return [:] }
        let (answers, sink) = AsyncStream<(host: String, failure: String?)>.makeStream()
        for host in hosts {
            // getaddrinfo(3) blocks: a thread of the concurrency pool must not wait in it.
            DispatchQueue.global().async { sink.yield((host, failure(of: host))) }
        }
        let limiter = Task {
            // Cancelled when all have answered.
            try? await Task.sleep(for: limit)
            sink.finish()
        }
        defer { limiter.cancel() }
        var failures = Dictionary(
            hosts.map { ($0, "no name server answered within \(limit)") },
            uniquingKeysWith: { first, _ in first })
        var waiting = Set(hosts).count
        for await answer in answers {
            failures[answer.host] = answer.failure
            waiting -= 1
            if waiting == 0 { break }
        }
        return failures
    }

    private static func failure(of host: String) -> String? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &found)
        if let found { freeaddrinfo(found) }
        return code == 0 ? nil : String(cString: gai_strerror(code))
    }
}
