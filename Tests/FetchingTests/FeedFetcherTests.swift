import Fetching
import Foundation
import LoopbackServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct FeedFetcherTests {
    let now = Date(timeIntervalSince1970: 784_111_777)

    func fetch(
        _ request: FeedRequest, onResponse: (@Sendable (FeedResponseHead) async -> Void)? = nil,
        onChunk: (@Sendable ([UInt8]) async -> Void)? = nil
    ) async throws -> FetchOutcome {
        try await withTransfer { [now] transfer in
            let agent = FeedFetcher.userAgent(version: "1.2", contact: "https://example.org/bot")
            let fetcher = FeedFetcher(transfer: transfer, userAgent: agent, now: { now })
            return await fetcher.fetch(request, onResponse: onResponse, onChunk: onChunk)
        }
    }

    func feed(_ url: String, validators: Validators? = nil) -> FeedRequest {
        var request = FeedRequest(url: url, validators: validators)
        request.allowPrivate = true
        return request
    }

    func document(_ outcome: FetchOutcome) throws -> FetchedDocument {
        guard case .complete(let document) = outcome else {
            Issue.record("not complete: \(outcome)")
            throw CancellationError()
        }
        return document
    }

    // MARK: Conditional requests

    @Test func documentComesWithValidatorsAndType() async throws {
        let server = try LoopbackServer { _ in
            .init(
                headers: [
                    ("ETag", "W/\"a\""), ("Last-Modified", "yesterday, roughly"),
                    ("Content-Type", "application/rss+xml; charset=x"),
                    ("Cache-Control", "public, max-age=600"),
                    ("Age", "100"),
                ], body: sample)
        }
        let document = try document(await fetch(feed(server.url("/feed"))))
        #expect(document.validators.etag == "W/\"a\"")
        #expect(document.validators.lastModified == "yesterday, roughly")
        #expect(document.validators.bodyHash != nil)
        #expect(document.contentType == "application/rss+xml; charset=x")
        #expect(document.maxAge == .seconds(500))
        #expect(document.body == sample)
        #expect(document.bytes == sample.count)
        #expect(!document.isUnchanged)
        let request = try #require(server.requests.first)
        #expect(request["User-Agent"] == "newswatch/1.2 (+https://example.org/bot)")
        #expect(request["Accept"]?.contains("application/atom+xml") == true)
        #expect(request["If-None-Match"] == nil)
    }

    @Test func bothValidatorsAreSentByteForByte() async throws {
        let server = try LoopbackServer { request in
            .init(status: request["If-None-Match"] == nil ? 200 : 304, headers: [("ETag", "\"new\"")])
        }
        let validators = Validators(
            etag: "W/\"\u{E9}, x\"", lastModified: "Sat, 1 Jan  2022 00:00:00 +0000", bodyHash: 7)
        let outcome = try await fetch(feed(server.url("/feed"), validators: validators))
        guard case .notModified(let answer) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(
            answer.validators
                == Validators(etag: "\"new\"", lastModified: validators.lastModified, bodyHash: 7))
        #expect(server.requests.first?["If-Modified-Since"] == validators.lastModified)
    }

    @Test func opaqueBytesOfAnETagComeBackUnchanged() async throws {
        let etag: [UInt8] = [0x22, 0xE9, 0xFF, 0x80, 0x22]
        let answer =
            Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nETag: ".utf8) + etag + Array("\r\n\r\n".utf8)
        let server = try LoopbackServer { _ in .init(behaviour: .raw(answer)) }
        let document = try document(await fetch(feed(server.url("/"))))
        #expect(document.validators.etag?.unicodeScalars.map { UInt8($0.value) } == etag)
    }

    @Test func unchangedBodyIsTold() async throws {
        let server = try LoopbackServer { _ in .init(body: sample) }
        let first = try document(await fetch(feed(server.url("/"))))
        let second = try document(await fetch(feed(server.url("/"), validators: first.validators)))
        #expect(second.isUnchanged)
        #expect(second.validators == first.validators)
    }

    @Test func notModifiedWithoutBeingAskedIsAFailure() async throws {
        let server = try LoopbackServer { _ in .init(status: 304) }
        let outcome = try await fetch(feed(server.url("/")))
        #expect(outcome == .failed(FetchFailure(status: 304, error: nil)))
    }

    @Test func chunksAreHandedOnAfterTheHead() async throws {
        let server = try LoopbackServer { request in
            request.path == "/old"
                ? .redirect(302, to: "/feed") : .init(headers: [("Content-Type", "a/b")], body: sample)
        }
        let collector = Collector()
        let heads = Mutex<[FeedResponseHead]>([])
        let outcome = try await fetch(
            feed(server.url("/old")), onResponse: { head in heads.withLock { $0.append(head) } },
            onChunk: { collector.take($0) })
        #expect(try document(outcome).body.isEmpty)
        #expect(collector.bytes == sample)
        #expect(
            heads.withLock { $0 } == [
                .init(status: 200, effectiveURL: server.url("/feed"), contentType: "a/b")
            ])
    }

    // MARK: Answers

    @Test func cutDocumentIsIncompleteWithoutHash() async throws {
        let server = try LoopbackServer { _ in
            .init(headers: [("ETag", "\"x\"")], body: sample, behaviour: .cut(after: 99))
        }
        let collector = Collector()
        let outcome = try await fetch(feed(server.url("/")), onChunk: { collector.take($0) })
        guard case .incomplete(let document, let error) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.code == .cut)
        #expect(document.validators.bodyHash == nil)
        #expect(collector.bytes == Array(sample[..<99]))
    }

    @Test func goneIsGone() async throws {
        let server = try LoopbackServer { request in
            request.path == "/moved"
                ? .redirect(301, to: "/")
                : request.path == "/found" ? .redirect(302, to: "/") : .init(status: 410)
        }
        #expect(try await fetch(feed(server.url("/"))) == .gone)
        #expect(try await fetch(feed(server.url("/moved"))) == .gone)
        #expect(try await fetch(feed(server.url("/found"))) == .failed(FetchFailure(status: 410, error: nil)))
    }

    @Test(arguments: [
        (429, "120", 120), (503, "0", 0), (429, "Sun, 06 Nov 1994 08:59:37 GMT", 600),
        (503, "Sun, 06 Nov 1994 08:00:00 GMT", 0), (429, "99999999999999999999999", 31_536_000),
    ])
    func retryAfterIsRead(status: Int, value: String, seconds: Int) async throws {
        let server = try LoopbackServer { _ in .init(status: status, headers: [("Retry-After", value)]) }
        let outcome = try await fetch(feed(server.url("/")))
        #expect(outcome == .throttled(status: status, retryAfter: .seconds(seconds)))
    }

    @Test func retryAfterCountsFromTheServersOwnDate() async throws {
        let server = try LoopbackServer { _ in
            .init(
                status: 429,
                headers: [
                    ("Date", "Sun, 06 Nov 2044 08:49:37 GMT"),
                    ("Retry-After", "Sun, 06 Nov 2044 08:50:37 GMT"),
                ])
        }
        #expect(try await fetch(feed(server.url("/"))) == .throttled(status: 429, retryAfter: .seconds(60)))
    }

    @Test(arguments: [nil, "", "soon", "-5", "1.5"])
    func unreadableRetryAfterIsNone(value: String?) async throws {
        let server = try LoopbackServer { _ in
            .init(status: 503, headers: value.map { [("Retry-After", $0)] } ?? [])
        }
        #expect(try await fetch(feed(server.url("/"))) == .throttled(status: 503, retryAfter: nil))
    }

    @Test(arguments: [204, 206, 300, 400, 401, 403, 404, 500, 502])
    func otherStatusesFail(status: Int) async throws {
        let server = try LoopbackServer { _ in .init(status: status, text: "not a feed") }
        let collector = Collector()
        let outcome = try await fetch(feed(server.url("/")), onChunk: { collector.take($0) })
        #expect(outcome == .failed(FetchFailure(status: status, error: nil)))
        #expect(collector.chunks.isEmpty)
    }

    @Test(arguments: [
        ("max-age=60", 60), ("MAX-AGE=\"60\"", 60), ("private, max-age=60, x", 60),
        ("no-cache, max-age=60", 0),
        ("no-store", 0), ("max-age=99999999999999999999", 31_536_000), ("max-age=x", nil), ("", nil),
    ])
    func freshnessIsRead(value: String, seconds: Int?) async throws {
        let server = try LoopbackServer { _ in .init(headers: [("Cache-Control", value)], body: sample) }
        #expect(try document(await fetch(feed(server.url("/")))).maxAge == seconds.map { .seconds($0) })
    }

    @Test func expiresIsReadWhereMaxAgeIsMissing() async throws {
        let server = try LoopbackServer { request in
            .init(
                headers: [("Expires", request.path == "/0" ? "0" : "Sun, 06 Nov 1994 09:49:37 GMT")],
                body: sample)
        }
        #expect(try document(await fetch(feed(server.url("/")))).maxAge == .seconds(3600))
        #expect(try document(await fetch(feed(server.url("/0")))).maxAge == .zero)
    }

    // MARK: Redirects

    @Test(arguments: [(301, true), (308, true), (302, false), (303, false), (307, false)])
    func onlyPermanentRedirectsAreRemembered(status: Int, isRemembered: Bool) async throws {
        let server = try LoopbackServer { request in
            request.path == "/old" ? .redirect(status, to: "new?x=1") : .init(body: sample)
        }
        let document = try document(await fetch(feed(server.url("/old"))))
        #expect(document.effectiveURL == server.url("/new?x=1"))
        #expect(document.permanentlyMovedTo == (isRemembered ? server.url("/new?x=1") : nil))
    }

    @Test func chainIsRememberedUpToItsFirstTemporaryRedirect() async throws {
        let server = try LoopbackServer { request in
            switch request.path {
            case "/1": .redirect(301, to: "/2")
            case "/2": .redirect(308, to: "/3")
            case "/3": .redirect(302, to: "/4")
            case "/4": .redirect(301, to: "/5")
            default: .init(body: sample)
            }
        }
        let document = try document(await fetch(feed(server.url("/1"))))
        #expect(document.permanentlyMovedTo == server.url("/3"))
        #expect(document.effectiveURL == server.url("/5"))
    }

    @Test func fiveRedirectsAreFollowedAndNoMore() async throws {
        let server = try LoopbackServer { request in
            let number = Int(request.path.dropFirst()) ?? 0
            return number == 0 ? .init(body: sample) : .redirect(302, to: "/\(number - 1)")
        }
        _ = try document(await fetch(feed(server.url("/5"))))
        let outcome = try await fetch(feed(server.url("/6")))
        guard case .failed(let failure) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(failure.error?.code == .redirect)
    }

    @Test(arguments: ["/a", "#x"])
    func circleIsRefused(location: String) async throws {
        let server = try LoopbackServer { _ in .redirect(301, to: location) }
        guard case .failed(let failure) = try await fetch(feed(server.url("/a"))) else {
            Issue.record("not failed")
            return
        }
        #expect(failure.error?.code == .redirect)
        #expect(server.requests.count == 1)
    }

    @Test(arguments: ["file:///etc/passwd", "http://", "ftp://x/"])
    func redirectToSomethingElseIsRefused(location: String) async throws {
        let server = try LoopbackServer { _ in .redirect(301, to: location) }
        guard case .failed(let failure) = try await fetch(feed(server.url("/a"))) else {
            Issue.record("not failed")
            return
        }
        #expect(failure.error?.code == .invalidURL)
    }

    @Test func secretsAndValidatorsStayWithTheirHost() async throws {
        let other = try LoopbackServer { _ in .init(headers: [("ETag", "\"other\"")], body: sample) }
        let otherURL = other.url("/", host: "localhost")
        let server = try LoopbackServer { request in
            request.path == "/a" ? .redirect(307, to: "/b") : .redirect(307, to: otherURL)
        }
        var request = feed(server.url("/a"), validators: Validators(etag: "\"mine\"", lastModified: "then"))
        request.headers = [("Authorization", "Basic c2VjcmV0"), ("X-Key", "secret")]
        let document = try document(await fetch(request))
        for hop in server.requests {
            #expect(hop["Authorization"] == "Basic c2VjcmV0")
            #expect(hop["If-None-Match"] == "\"mine\"")
            #expect(hop["If-Modified-Since"] == "then")
        }
        #expect(server.requests.count == 2)
        let foreign = try #require(other.requests.first)
        #expect(foreign["Authorization"] == nil)
        #expect(foreign["X-Key"] == nil)
        #expect(foreign["If-None-Match"] == nil)
        #expect(foreign["If-Modified-Since"] == nil)
        // The next poll begins at the first host, to which the other's validators mean nothing.
        #expect(document.validators.etag == nil)
        #expect(document.validators.bodyHash != nil)
    }

    @Test func movedFeedIsAskedAtItsNewAddressWithoutTheOldSecrets() async throws {
        let other = try LoopbackServer { _ in .init(headers: [("ETag", "\"other\"")], body: sample) }
        var request = feed("http://gone.example/feed", validators: Validators(etag: "\"other\""))
        request.movedTo = other.url("/")
        request.headers = [("Authorization", "Basic c2VjcmV0")]
        let document = try document(await fetch(request))
        let asked = try #require(other.requests.first)
        #expect(asked["Authorization"] == nil)
        #expect(asked["If-None-Match"] == "\"other\"")
        #expect(document.validators.etag == "\"other\"")
        #expect(document.permanentlyMovedTo == nil)
    }

    @Test func everyHopIsGuarded() async throws {
        let inner = try LoopbackServer { _ in .init(body: sample) }
        let target = inner.url("/").replacing("127.0.0.1", with: "127.0.0.2")
        let server = try LoopbackServer { _ in .redirect(302, to: target) }
        var request = FeedRequest(url: server.url("/"))
        request.allowNetworks = ["127.0.0.1/32"]
        guard case .failed(let failure) = try await fetch(request) else {
            Issue.record("not failed")
            return
        }
        #expect(failure.error?.code == .addressRefused)
        #expect(inner.connections == 0)
    }

    @Test func redirectsShareTheTotalTime() async throws {
        let gate = LoopbackGate()
        let server = try LoopbackServer { request in
            request.path == "/a" ? .redirect(302, to: "/b") : .init(behaviour: .withheld(gate))
        }
        var request = feed(server.url("/a"))
        request.limits.total = .milliseconds(500)
        guard case .failed(let failure) = try await fetch(request) else {
            Issue.record("not failed")
            return
        }
        #expect(failure.error?.code == .timeout)
        gate.open()
    }

    @Test func secretInTheURLIsSentButNotShown() async throws {
        let server = try LoopbackServer { _ in .init(body: sample) }
        let url = server.url("/").replacing("://", with: "://user:secret@")
        let document = try document(await fetch(feed(url)))
        #expect(server.requests.first?["Authorization"] == "Basic dXNlcjpzZWNyZXQ=")
        #expect(!document.effectiveURL.contains("secret"))
    }
}
