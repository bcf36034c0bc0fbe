import Foundation

/// What may arrive on a socket that speaks HTTP, and must be refused or dropped: more than a hundred different
/// ones, always the same.
package enum RubbishRequests {
    /// All of them, each with a name of its own.
    package static let all: [(name: String, bytes: [UInt8])] = chosen + wrongMethods + wrongQueries + noise

    private static let chosen: [(name: String, bytes: [UInt8])] = [
        ("nothing", []),
        ("zeros", [UInt8](repeating: 0, count: 1000)),
        ("every byte", (0...255).map { UInt8($0) }),
        ("TLS hello", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03]),
        ("HTTP/2 preface", Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)),
        ("half a request line", Array("GET /api/v1/sta".utf8)),
        ("half a header", Array("GET /api/v1/status HTTP/1.1\r\nHost: loc".utf8)),
        ("no version", Array("GET /api/v1/status\r\n\r\n".utf8)),
        ("unknown version", Array("GET /api/v1/status HTTP/9.9\r\nHost: x\r\n\r\n".utf8)),
        ("line feeds", [UInt8](repeating: 0x0A, count: 100_000)),
        ("endless line", Array(("GET /" + String(repeating: "a", count: 200_000)).utf8)),
        (
            "endless header",
            Array(("GET / HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "a", count: 200_000)).utf8)
        ),
        (
            "endless headers",
            Array(("GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "A: b\r\n", count: 20_000)).utf8)
        ),
        (
            "negative length",
            Array("POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".utf8)
        ),
        (
            "overflowing length",
            Array(
                "POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n".utf8)
        ),
        (
            "body that never comes",
            Array("POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"feed\"".utf8)
        ),
        (
            "two lengths",
            Array(
                "POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}}"
                    .utf8)
        ),
        (
            "length and chunks",
            Array(
                ("POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "zz\r\n").utf8)
        ),
        (
            "bad chunk size",
            Array(
                ("POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "ffffffffffffffffff\r\n").utf8)
        ),
        ("target with control characters", Array("GET /\u{1}\u{1B}[31m HTTP/1.1\r\nHost: x\r\n\r\n".utf8)),
        (
            "target with broken escapes",
            Array("GET /api/v1/alerts?%zz=%&=&&%00 HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        ),
        ("target that is a URL", Array("GET http://[::1/api HTTP/1.1\r\nHost: x\r\n\r\n".utf8)),
        (
            "target that is not UTF-8",
            Array("GET /".utf8) + [0xFF, 0xC0] + Array(" HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        ),
        ("asterisk", Array("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n".utf8)),
    ]

    private static let routes = [
        "status", "feeds", "developments", "alerts", "poll", "pause", "resume", "reload", "redeliver",
        "test-alert",
        "explain", "watch", "backup", "check", "export",
    ]

    private static let wrongMethods: [(name: String, bytes: [UInt8])] = routes.flatMap { route in
        ["PUT", "DELETE", "PATCH", "post", "PROPFIND"].map { method in
            (
                "\(method) \(route)",
                Array("\(method) /api/v1/\(route)?id=x HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
            )
        }
    }

    private static let wrongQueries: [(name: String, bytes: [UInt8])] = routes.flatMap { route in
        ["GET", "POST"].map { method in
            (
                "\(method) \(route) with an unknown parameter",
                Array(
                    "\(method) /api/v1/\(route)?path=/etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
            )
        }
    }

    /// Random bytes, alone and where a body belongs.
    private static let noise: [(name: String, bytes: [UInt8])] = (1...16).flatMap { number in
        var state = UInt64(number)
        let bytes = (0..<number * 100).map { _ in
            // Knuth's MMIX generator: no randomness of the machine's, so that a failure can be repeated.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        let head = "POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nContent-Length: \(bytes.count)\r\n\r\n"
        return [("noise \(number)", bytes), ("noise \(number) as a body", Array(head.utf8) + bytes)]
    }
}
