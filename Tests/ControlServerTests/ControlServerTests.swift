import ControlProtocol
import ControlServer
import Foundation
import Testing

@Suite struct ControlServerTests {
    @Test func statusIsOneLineOfJSONWithSortedKeys() async throws {
        try await RunningServer.use { server in
            let answer = try await server.request("GET", "/api/v1/status")
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "application/json")
            #expect(answer.header("Cache-Control") == "no-store")
            #expect(
                answer.body == #"{"configuration":{"faults":[],"file":"newswatchd.toml","#
                    + #""loaded":"2023-11-17T12:00:00Z","needs_restart":[],"refused":null},"#
                    + #""developments":8,"duplicates":7,"entries":6,"#
                    + #""feeds":{"failing":3,"gone":5,"healthy":2,"new":1,"silent":4,"total":15},"#
                    + #""outbox":{"failed":10,"pending":9},"paused":false,"#
                    + #""storage":{"error":"no space left","failing_since":"2023-11-17T12:00:00Z"},"#
                    + #""uptime_seconds":61,"version":"1.2.3"}"#
            )
        }
    }

    @Test func unknownValuesOfAFeedAreNull() async throws {
        try await RunningServer.use { server in
            let answer = try await server.request("GET", "/api/v1/feeds")
            #expect(
                answer.body == #"[{"entry_count":0,"failures":0,"last_error":null,"last_poll":null,"#
                    + #""last_status":null,"name":null,"next_poll":"2023-11-17T12:00:00Z","#
                    + #""next_poll_reason":"first poll","state":"new","url":"https://example.org/feed.xml"}]"#
            )
        }
    }

    @Test func aDevelopmentIsTheAlertsDataWithEntries() async throws {
        try await RunningServer.use { server in
            let answer = try await server.request("GET", "/api/v1/developments")
            #expect(
                answer.body == #"[{"alerted_at":null,"confidence":"high","corroboration":1,"#
                    + #""entries":["7","9"],"entry_id":"7","first_published":"2023-11-17T12:00:00Z","#
                    + #""gloss":null,"headline":"Board fires CEO","id":"dev_1","kind":"removal","late":false,"#
                    + #""sources":["#
                    + #"{"lang":"en","outlet":"example.org","published":"2023-11-17T12:00:00Z","#
                    + #""title":"Board fires CEO","url":null}],"standing":"told","topic":"t","why":"First report."}]"#
            )
        }
    }

    @Test(arguments: [("", false), ("?failed=true", true), ("?failed=false", false)])
    func alertsPassTheFilterOn(query: String, failedOnly: Bool) async throws {
        try await RunningServer.use { server in
            let answer = try await server.request("GET", "/api/v1/alerts\(query)")
            #expect(
                answer.body == #"[{"attempts":3,"created":"2023-11-17T12:00:00Z","delivered":null,"#
                    + #""id":"msg_1","last_error":"status 500","sink":"desk","state":"failed","#
                    + #""type":"development.new"}]"#)
            #expect(server.daemon.calls == [.alerts(failedOnly: failedOnly)])
        }
    }

    @Test(arguments: [(nil, nil), ("{}", nil), (#"{"feed":"Desk"}"#, "Desk"), (#"{"feed":null}"#, nil)])
    func pollNamesOneFeedOrAll(body: String?, feed: String?) async throws {
        try await RunningServer.use { server in
            let answer = try await server.request("POST", "/api/v1/poll", body: body)
            #expect(answer.status == 202)
            #expect(answer.body == #"{"deferred":[],"requested":1}"#)
            #expect(server.daemon.calls == [.poll(feed)])
        }
    }

    @Test(arguments: [
        (
            #"{"action":"merge","development":"dev_1","others":["dev_2","dev_3"]}"#,
            RulingRequest(action: .merge, development: "dev_1", others: ["dev_2", "dev_3"])
        ),
        (
            #"{"action":"split","development":"dev_1","entries":["entry_7"]}"#,
            RulingRequest(action: .split, development: "dev_1", entries: ["entry_7"])
        ),
        (
            #"{"action":"mute","development":"dev_1"}"#, RulingRequest(action: .mute, development: "dev_1")
        ),
        (
            #"{"action":"retract","development":"dev_1"}"#,
            RulingRequest(action: .retract, development: "dev_1")
        ),
    ])
    func aRulingIsPassedOnAsItIs(body: String, ruling: RulingRequest) async throws {
        try await RunningServer.use { server in
            let answer = try await server.request("POST", "/api/v1/rulings", body: body)
            #expect(answer.status == 202)
            #expect(answer.body == #"{"alerts":["msg_1"],"development":"dev_1","opened":null}"#)
            #expect(server.daemon.calls == [.rule(ruling)])
        }
    }

    @Test(arguments: [
        ("/api/v1/pause", 200, #"{"paused":true}"#, FakeDaemon.Call.setPaused(true)),
        ("/api/v1/resume", 200, #"{"paused":false}"#, .setPaused(false)),
        (
            "/api/v1/prune", 200, #"{"alerts":2,"before":"2023-11-17T12:00:00Z","entries":5}"#,
            FakeDaemon.Call.prune
        ),
        (
            "/api/v1/reload", 200,
            #"{"changes":[{"action":"added","detail":null,"name":"desk","needs_restart":false,"#
                + #""subject":"sink"}],"file":"newswatchd.toml","loaded":"2023-11-17T12:00:00Z"}"#, .reload
        ),
        ("/api/v1/redeliver?id=msg_1", 202, #"{"id":"msg_1","sinks":["desk"]}"#, .redeliver("msg_1")),
        ("/api/v1/test-alert", 202, #"{"id":"msg_t","sinks":["desk","hook"]}"#, .testAlert),
    ])
    func ordersAreCarriedOutOnce(
        target: String, status: Int, body: String, call: FakeDaemon.Call
    ) async throws {
        try await RunningServer.use { server in
            let answer = try await server.request("POST", target)
            #expect(answer.status == status)
            #expect(answer.body == body)
            #expect(server.daemon.calls == [call])
        }
    }

    @Test func anExplanationKeepsEveryKeyAndItsNameIsUnescaped() async throws {
        try await RunningServer.use { server in
            let answer = try await server.request(
                "GET", "/api/v1/explain?id=https%3A%2F%2Fe.example%2F%3Fa%3D1%26b%3D2")
            #expect(
                answer.body == #"{"decisions":[{"decision":"new_development","developments":["dev_1"],"#
                    + #""near_duplicate_of":null,"on_topic":true,"opened":[{"confidence":"high","#
                    + #""headline":"Board fires CEO","id":"dev_1","kind":"removal","why":"First report."}],"#
                    + #""reasons":["Because."],"revision_of":null,"score":0.5,"topic":"t"}],"#
                    + #""feed":"https://example.org/feed.xml","guid":null,"id":"entry_7","lang":null,"#
                    + #""observed":"2023-11-17T12:00:00Z","outlet":"example.org","published":null,"#
                    + #""revisions":["entry_7"],"title":"Board fires CEO","url":null}"#)
            #expect(server.daemon.calls == [.explain("https://e.example/?a=1&b=2")])
        }
    }

    /// Every route answers its one method, and HEAD where there is a document; every other one is refused before
    /// anything is asked of the daemon.
    @Test(
        arguments: ControlRoute.allCases,
        ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "PURGE"])
    func noRouteAnswersAnotherMethodAndGetChangesNothing(route: ControlRoute, method: String) async throws {
        let allowed = route.method == "GET" && !route.isStreamed ? ["GET", "HEAD"] : [route.method]
        guard !allowed.contains(method) else { return }
        try await RunningServer.use { server in
            let answer = try await server.exchange(
                Array("\(method) \(route.path)?id=msg_1 HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
            if method == method.uppercased(), method != "CONNECT" {
                #expect(answer.hasPrefix("HTTP/1.1 405 Method Not Allowed\r\n"), "\(answer)")
                #expect(answer.contains("\r\nAllow: \(allowed.joined(separator: ", "))\r\n"), "\(answer)")
                let detail = "\(route.path) answers \(allowed.joined(separator: ", ")) only"
                #expect(answer.contains(detail) == (method != "HEAD"), "\(answer)")
            } else {
                #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer)")
            }
            #expect(server.daemon.calls.isEmpty)
        }
    }

    @Test(arguments: ControlRoute.allCases.filter { $0.method == "GET" })
    func whatIsReadTakesNoBody(route: ControlRoute) async throws {
        try await RunningServer.use { server in
            let answer = try await server.request("GET", "\(route.path)", body: "{\"feed\":\"x\"}")
            #expect(answer.status == 400)
            #expect(try Self.problem(answer.body).detail == "\(route.path) takes no body")
            #expect(server.daemon.calls.isEmpty)
        }
    }

    @Test func aCheckIsADocument() async throws {
        try await RunningServer.use { server in
            let answer = try await server.request("GET", "/api/v1/check")
            #expect(answer.body == #"{"database":"/var/news.db","faults":["page 7 is torn"]}"#)
            #expect(server.daemon.calls == [.check])
        }
    }

    @Test func headAnswersWithoutABody() async throws {
        try await RunningServer.use { server in
            let answer = try await server.exchange(
                Array("HEAD /api/v1/status HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n"))
            let length = try await server.request("GET", "/api/v1/status").body.utf8.count
            #expect(answer.lowercased().contains("content-length: \(length)\r\n"))
        }
    }

    @Test func unknownPathNamesTheKnownOnes() async throws {
        try await RunningServer.use { server in
            let answer = try await server.request("GET", "/api/v2/status")
            #expect(answer.status == 404)
            #expect(answer.header("Content-Type") == "application/problem+json")
            #expect(
                answer.body
                    == #"{"detail":"nothing is at /api/v2/status; known are /api/v1/status, /api/v1/feeds, "#
                    + #"/api/v1/developments, /api/v1/rulings, /api/v1/alerts, /api/v1/poll, /api/v1/pause, "#
                    + #"/api/v1/resume, /api/v1/reload, /api/v1/redeliver, /api/v1/test-alert, /api/v1/explain, "#
                    + #"/api/v1/watch, /api/v1/backup, /api/v1/check, /api/v1/export, /api/v1/prune","status":404,"#
                    + #""title":"Not Found","type":"about:blank"}"#)
        }
    }

    @Test(arguments: [
        ("GET", "/api/v1/status?verbose=1", nil, "/api/v1/status knows no query parameter “verbose”"),
        ("GET", "/api/v1/alerts?failed=yes", nil, "failed must be true or false, not “yes”"),
        (
            "GET", "/api/v1/alerts?failed=true&failed=false", nil,
            "the query parameter failed is given twice"
        ),
        ("GET", "/api/v1/watch?since=1", nil, "/api/v1/watch knows no query parameter “since”"),
        ("GET", "/api/v1/alerts?fail", nil, "/api/v1/alerts knows no query parameter “fail”, only failed"),
        (
            "POST", "/api/v1/poll", "feed",
            "the body must be empty or {\"feed\":\"URL or name\"}: not valid JSON"
        ),
        (
            "POST", "/api/v1/poll", #"{"fed":"x"}"#,
            "the body must be empty or {\"feed\":\"URL or name\"}: fed: unknown key"
        ),
        (
            "POST", "/api/v1/poll", #"{"feed":7}"#,
            "the body must be empty or {\"feed\":\"URL or name\"}: feed: expected a string"
        ),
        (
            "POST", "/api/v1/poll", #"{"feed":""}"#,
            "the body must be empty or {\"feed\":\"URL or name\"}: feed: must not be empty"
        ),
        (
            "POST", "/api/v1/poll", "[]",
            "the body must be empty or {\"feed\":\"URL or name\"}: expected an object"
        ),
        (
            "POST", "/api/v1/rulings", nil,
            "the body must be {\"action\":\"merge, split, mute or retract\",\"development\":\"ID\"} with others or "
                + "entries: not valid JSON"
        ),
        (
            "POST", "/api/v1/rulings", #"{"action":"merge","development":"dev_1"}"#,
            "the body must be {\"action\":\"merge, split, mute or retract\",\"development\":\"ID\"} with others or "
                + "entries: others: needs 1 to 1000 ids"
        ),
        (
            "POST", "/api/v1/rulings", #"{"action":"mute","development":"dev_1","entries":["entry_1"]}"#,
            "the body must be {\"action\":\"merge, split, mute or retract\",\"development\":\"ID\"} with others or "
                + "entries: entries: means nothing to mute"
        ),
        (
            "POST", "/api/v1/rulings", #"{"action":"mute","developments":["dev_1"]}"#,
            "the body must be {\"action\":\"merge, split, mute or retract\",\"development\":\"ID\"} with others or "
                + "entries: developments: unknown key"
        ),
        ("POST", "/api/v1/pause", #"{"until":"noon"}"#, "/api/v1/pause takes no body"),
        ("POST", "/api/v1/test-alert", "{}", "/api/v1/test-alert takes no body"),
        ("POST", "/api/v1/redeliver?id=msg_1", #"{"id":"msg_2"}"#, "/api/v1/redeliver takes no body"),
        ("POST", "/api/v1/redeliver", nil, "/api/v1/redeliver needs the query parameter id"),
        ("GET", "/api/v1/explain", nil, "/api/v1/explain needs the query parameter id"),
        ("GET", "/api/v1/explain?id=", nil, "/api/v1/explain needs the query parameter id"),
        ("GET", "/api/v1/explain?url=x", nil, "/api/v1/explain knows no query parameter “url”, only id"),
    ])
    func badRequestsSayWhatIsWrong(method: String, target: String, body: String?, detail: String) async throws
    {
        try await RunningServer.use { server in
            let answer = try await server.request(method, target, body: body)
            #expect(answer.status == 400)
            #expect(try Self.problem(answer.body).detail == detail)
            #expect(server.daemon.calls.isEmpty)
        }
    }

    @Test func aBodyBeyondTheLimitIsRefused() async throws {
        try await RunningServer.use { server in
            let body = #"{"feed":""# + String(repeating: "x", count: ControlServer.maximumBodyBytes) + #""}"#
            let answer = try await server.request("POST", "/api/v1/poll", body: body)
            #expect(answer.status == 413)
            #expect(try Self.problem(answer.body).detail == "the body may have 65536 bytes at most")
            #expect(server.daemon.calls.isEmpty)
        }
    }

    @Test func aChunkedBodyBeyondTheLimitIsRefused() async throws {
        try await RunningServer.use { server in
            let chunk = "8000\r\n" + String(repeating: " ", count: 0x8000) + "\r\n"
            let request =
                "POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk + chunk + chunk + "0\r\n\r\n"
            let answer = try await server.exchange(Array(request.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(server.daemon.calls.isEmpty)
        }
    }

    @Test(arguments: [
        (
            ControlFailure.unknownFeed("Dsk", nearest: "Desk"), 404,
            "no feed “Dsk” is configured; did you mean “Desk”?"
        ),
        (
            .unknownAlert("msg_9"), 404,
            "no alert “msg_9” is in the outbox; `newswatch ctl alerts` lists them"
        ),
        (.conflict("polling is paused"), 409, "polling is paused"),
        (.unavailable("starting"), 503, "starting"),
    ])
    func refusalsOfTheDaemonKeepTheirReason(failure: ControlFailure, status: Int, detail: String) async throws
    {
        try await RunningServer.use { server in
            server.daemon.fail(with: failure)
            let answer = try await server.request("POST", "/api/v1/poll", body: #"{"feed":"Dsk"}"#)
            #expect(answer.status == status)
            #expect(try Self.problem(answer.body).detail == detail)
        }
    }

    @Test func anUnexpectedErrorIsAProblemAndTheServerGoesOn() async throws {
        struct DiskOnFire: Error, CustomStringConvertible {
            let description = "the disk is on fire"
        }
        try await RunningServer.use { server in
            server.daemon.fail(with: DiskOnFire())
            let answer = try await server.request("GET", "/api/v1/status")
            #expect(answer.status == 500)
            #expect(answer.header("Content-Type") == "application/problem+json")
            #expect(
                try Self.problem(answer.body).detail
                    == "the disk is on fire; the daemon's log has the time of it")
            #expect(try await server.request("GET", "/api/v1/nothing").status == 404)
        }
    }

    private static func problem(_ body: String) throws -> ProblemDocument {
        try ControlCoding.decoder().decode(ProblemDocument.self, from: Data(body.utf8))
    }
}
