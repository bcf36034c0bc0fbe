import Fetching
import Foundation
import LoopbackServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct HTTPTransferTests {
    // MARK: What is sent and received

    @Test func answerComesWithStatusHeadersAndBody() async throws {
        let server = try LoopbackServer { _ in .init(status: 404, headers: [("X-One", " a  b ")], text: "no")
        }
        let response = try await withTransfer { try await $0.perform(local(server.url("/x?y"))) }
        #expect(response.status == 404)
        #expect(response.headers["x-ONE"] == "a  b")
        #expect(response.body == Array("no".utf8))
        #expect(response.isComplete)
        #expect(response.effectiveURL == server.url("/x?y"))
        #expect(server.requests.map(\.target) == ["/x?y"])
        #expect(server.requests.first?["Accept-Encoding"]?.contains("gzip") == true)
    }

    @Test func redirectIsNotFollowed() async throws {
        let server = try LoopbackServer { _ in .redirect(301, to: "/other") }
        let response = try await withTransfer { try await $0.perform(local(server.url("/"))) }
        #expect(response.status == 301)
        #expect(server.requests.count == 1)
    }

    @Test func headersGoByteForByte() async throws {
        let server = try LoopbackServer { request in
            .init(headers: [("ETag", request["If-None-Match"] ?? "")], text: "x")
        }
        var request = local(server.url("/"))
        request.headers = [("If-None-Match", "W/\"a  ,b\\\""), ("X-Empty", "")]
        let response = try await withTransfer { [request] in try await $0.perform(request) }
        #expect(response.headers["ETag"] == "W/\"a  ,b\\\"")
        #expect(server.requests.first?["X-Empty"] == "")
    }

    @Test func bodyIsPosted() async throws {
        let server = try LoopbackServer { _ in .init(status: 202) }
        var request = local(server.url("/hook"))
        request.method = "POST"
        request.headers = [("Content-Type", "application/json")]
        request.body = Array(String(repeating: "{}", count: 1_000_000).utf8)
        let response = try await withTransfer { [request] in try await $0.perform(request) }
        #expect(response.status == 202)
        #expect(server.requests.first?.method == "POST")
        #expect(server.requests.first?.body.count == 2_000_000)
        #expect(server.requests.first?["Content-Type"] == "application/json")
    }

    @Test func emptyBodyIsPosted() async throws {
        let server = try LoopbackServer { _ in .init(status: 200) }
        var request = local(server.url("/hook"))
        request.method = "POST"
        request.body = []
        _ = try await withTransfer { [request] in try await $0.perform(request) }
        #expect(server.requests.first?["Content-Length"] == "0")
    }

    @Test(arguments: ["a\r\nX-Evil: 1", "a\nb", "a\0b"])
    func headerThatWouldBecomeTwoIsRefused(value: String) async throws {
        let server = try LoopbackServer { _ in .init() }
        var request = local(server.url("/"))
        request.headers = [("If-None-Match", value)]
        let error = await #expect(throws: TransferError.self) {
            try await withTransfer { [request] in try await $0.perform(request) }
        }
        #expect(error?.code == .invalidRequest)
        #expect(server.requests.isEmpty)
    }

    @Test func chunksComeInOrderAfterTheHead() async throws {
        let server = try LoopbackServer { _ in .init(body: sample, behaviour: .chunked(size: 1000)) }
        let collector = Collector()
        let heads = Mutex<[Int]>([])
        let response = try await withTransfer { transfer in
            try await transfer.perform(
                local(server.url("/")),
                onHead: { head in heads.withLock { $0.append(collector.chunks.isEmpty ? head.status : -1) } },
                onChunk: { collector.take($0) })
        }
        #expect(collector.bytes == sample)
        #expect(heads.withLock { $0 } == [200])
        #expect(response.body.isEmpty)
        #expect(response.bodyBytes == sample.count)
        #expect(response.isComplete)
    }

    @Test func unwantedBodyIsNotRead() async throws {
        let server = try LoopbackServer { _ in .init(status: 500, behaviour: .padded(count: 100 << 20)) }
        var request = local(server.url("/"))
        request.wantedStatuses = 200...299
        let response = try await withTransfer { [request] in try await $0.perform(request) }
        #expect(response.status == 500)
        #expect(response.isComplete)
        #expect(response.bodyBytes == 0)
        #expect(server.bytesSent < 50 << 20)
    }

    @Test func unixSocketIsAsked() async throws {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "nw-\(UUID().uuidString.prefix(8)).sock"
        ).path
        defer { unlink(path) }
        let server = try LoopbackServer(unixSocket: path) { request in .init(text: request.target) }
        var request = HTTPRequest(url: "http://localhost/api/v1/status")
        request.unixSocket = path
        let response = try await withTransfer { [request] in try await $0.perform(request) }
        #expect(response.body == Array("/api/v1/status".utf8))
        #expect(server.requests.first?["Host"] == "localhost")
    }

    @Test func keptConnectionIsUsedAgainOnlyWithoutPrivateAddresses() async throws {
        let server = try LoopbackServer { _ in .init(text: "x") }
        var request = local(server.url("/"))
        request.keepsConnection = true
        try await withTransfer { [request] in
            for _ in 0..<3 { _ = try await $0.perform(request) }
        }
        #expect(server.connections == 3)
    }

    // MARK: Whether it is whole

    @Test(arguments: [
        LoopbackAnswer(body: sample, behaviour: .cut(after: 1234)),
        LoopbackAnswer(body: sample, behaviour: .chunkedCut(size: 617, chunks: 2)),
        LoopbackAnswer(body: Array(sample[..<1234]), behaviour: .wrongLength(5000)),
    ])
    func bodyCutShortIsIncompleteAndKept(answer: LoopbackAnswer) async throws {
        let server = try LoopbackServer { _ in answer }
        let response = try await withTransfer { try await $0.perform(local(server.url("/"))) }
        #expect(!response.isComplete)
        #expect(response.failure?.code == .cut)
        #expect(response.body == Array(sample[..<1234]))
    }

    @Test func bodyUntilCloseIsWhole() async throws {
        let server = try LoopbackServer { _ in .init(body: sample, behaviour: .untilClose) }
        let response = try await withTransfer { try await $0.perform(local(server.url("/"))) }
        #expect(response.isComplete)
        #expect(response.body == sample)
    }

    @Test(arguments: [true, false])
    func gzipIsDecoded(isFramed: Bool) async throws {
        let server = try LoopbackServer { _ in
            .init(
                headers: [("Content-Encoding", "gzip")], body: GzipBody.stored(sample),
                behaviour: isFramed ? .whole : .untilClose)
        }
        let response = try await withTransfer { try await $0.perform(local(server.url("/"))) }
        #expect(response.isComplete)
        #expect(response.body == sample)
    }

    @Test(arguments: [1, 4, 9, 100, 30_000])
    func gzipCutShortIsIncomplete(missing: Int) async throws {
        let server = try LoopbackServer { _ in
            .init(
                headers: [("Content-Encoding", "gzip")],
                body: Array(GzipBody.stored(sample).dropLast(missing)),
                behaviour: .untilClose)
        }
        let response = try await withTransfer { try await $0.perform(local(server.url("/"))) }
        #expect(!response.isComplete)
    }

    @Test func brokenGzipIsIncomplete() async throws {
        let server = try LoopbackServer { _ in
            .init(headers: [("Content-Encoding", "gzip")], body: sample)
        }
        let response = try await withTransfer { try await $0.perform(local(server.url("/"))) }
        #expect(!response.isComplete)
        #expect(response.failure?.code == .malformed)
    }

    @Test(arguments: ["", "garbage\r\n\r\n", "HTTP/1.1 200", "\0\0\0"])
    func whatIsNotHTTPFails(text: String) async throws {
        let server = try LoopbackServer { _ in .init(behaviour: .raw(Array(text.utf8))) }
        await #expect(throws: TransferError.self) {
            try await withTransfer { try await $0.perform(local(server.url("/"))) }
        }
    }

    @Test func interimAnswerIsNotTheAnswer() async throws {
        let text =
            "HTTP/1.1 103 Early Hints\r\nX-A: 1\r\n\r\nHTTP/1.1 200 OK\r\nX-B: 2\r\nContent-Length: 2\r\n\r\nhi"
        let server = try LoopbackServer { _ in .init(behaviour: .raw(Array(text.utf8))) }
        let response = try await withTransfer { try await $0.perform(local(server.url("/"))) }
        #expect(response.status == 200)
        #expect(response.headers["X-A"] == nil)
        #expect(response.headers["X-B"] == "2")
    }

    // MARK: Limits

    @Test func gzipBombIsStoppedAtTheLimitOfDecodedBytes() async throws {
        let bomb = GzipBody.bomb(decodedBytes: 64 << 20)
        #expect(bomb.count < 1 << 20)
        let server = try LoopbackServer { _ in .init(headers: [("Content-Encoding", "gzip")], body: bomb) }
        let collector = Collector()
        let response = try await withTransfer { transfer in
            try await transfer.perform(local(server.url("/")), onChunk: { collector.take($0) })
        }
        #expect(!response.isComplete)
        #expect(response.failure?.code == .bodyTooLarge)
        #expect(collector.bytes.count <= 16 << 20)
        #expect(collector.bytes.count > 15 << 20)
    }

    @Test func bodyOfExactlyTheLimitPasses() async throws {
        let server = try LoopbackServer { _ in .init(body: sample) }
        var request = local(server.url("/"))
        request.limits.maxBodyBytes = sample.count
        let whole = try await withTransfer { [request] in try await $0.perform(request) }
        #expect(whole.isComplete)
        request.limits.maxBodyBytes = sample.count - 1
        let cut = try await withTransfer { [request] in try await $0.perform(request) }
        #expect(cut.failure?.code == .bodyTooLarge)
    }

    @Test func endlessHeadersAreStopped() async throws {
        let line = "X-Long: \(String(repeating: "a", count: 1000))\r\n"
        let text = "HTTP/1.1 200 OK\r\n" + String(repeating: line, count: 100) + "\r\n"
        let server = try LoopbackServer { _ in .init(behaviour: .raw(Array(text.utf8))) }
        let error = await #expect(throws: TransferError.self) {
            try await withTransfer { try await $0.perform(local(server.url("/"))) }
        }
        #expect(error?.code == .headersTooLarge)
    }

    @Test func endlessTrailersAreStopped() async throws {
        let line = "X-Long: \(String(repeating: "a", count: 1000))\r\n"
        let text =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n"
            + String(repeating: line, count: 100) + "\r\n"
        let server = try LoopbackServer { _ in .init(behaviour: .raw(Array(text.utf8))) }
        let response = try await withTransfer { try await $0.perform(local(server.url("/"))) }
        #expect(response.failure?.code == .headersTooLarge)
    }

    @Test func totalTimeIsLimited() async throws {
        let gate = LoopbackGate()
        let server = try LoopbackServer { _ in .init(text: "x", behaviour: .withheld(gate)) }
        var request = local(server.url("/"))
        request.limits.total = .milliseconds(200)
        let error = await #expect(throws: TransferError.self) {
            try await withTransfer { [request] in try await $0.perform(request) }
        }
        #expect(error?.code == .timeout)
        gate.open()
    }

    @Test func anEndlessTransferOutlivesTheTotalTime() async throws {
        let gate = LoopbackGate()
        let server = try LoopbackServer { _ in .init(text: "x", behaviour: .withheld(gate)) }
        var limited = local(server.url("/"))
        limited.limits.total = .milliseconds(200)
        var endless = limited
        endless.limits.isEndless = true
        let response = try await withTransfer { [limited, endless] transfer in
            async let patient = transfer.perform(endless)
            #expect(await server.waitForRequests(1))
            // Begun later, and over.
            await #expect(throws: TransferError.self) { try await transfer.perform(limited) }
            gate.open()
            return try await patient
        }
        #expect(response.body == Array("x".utf8))
    }

    @Test func stalledBodyIsGivenUp() async throws {
        let server = try LoopbackServer { _ in .init(body: sample, behaviour: .stall(after: 500)) }
        var request = local(server.url("/"))
        request.limits.stallTime = .seconds(1)
        let response = try await withTransfer { [request] in try await $0.perform(request) }
        #expect(response.failure?.code == .stalled)
        #expect(response.body == Array(sample[..<500]))
    }

    @Test func closedPortIsNoConnection() async throws {
        let server = try LoopbackServer { _ in .init() }
        let url = server.url("/")
        server.stop()
        let error = await #expect(throws: TransferError.self) {
            try await withTransfer { try await $0.perform(local(url)) }
        }
        #expect([.connect, .cut].contains(error?.code))
        #expect(error?.description.hasPrefix(url) == true)
    }

    // MARK: Addresses

    @Test(arguments: ["127.0.0.1", "localhost", "0x7f.1", "2130706433"])
    func loopbackIsRefusedHoweverItIsSpelled(host: String) async throws {
        let server = try LoopbackServer { _ in .init() }
        let error = await #expect(throws: TransferError.self) {
            try await withTransfer { try await $0.perform(HTTPRequest(url: server.url("/", host: host))) }
        }
        #expect(error?.code == .addressRefused)
        #expect(error?.reason.contains("loopback") == true)
        #expect(server.connections == 0)
    }

    @Test func allowedNetworkIsAsked() async throws {
        let server = try LoopbackServer { _ in .init(text: "x") }
        var request = HTTPRequest(url: server.url("/"))
        request.allowNetworks = ["127.0.0.0/8"]
        let response = try await withTransfer { [request] in try await $0.perform(request) }
        #expect(response.status == 200)
        request.allowNetworks = ["128.0.0.0/8"]
        await #expect(throws: TransferError.self) {
            try await withTransfer { [request] in try await $0.perform(request) }
        }
        request.allowNetworks = ["127/8"]
        let error = await #expect(throws: TransferError.self) {
            try await withTransfer { [request] in try await $0.perform(request) }
        }
        #expect(error?.code == .invalidRequest)
    }

    @Test func proxyIsAskedButNotForLiteralPrivateAddresses() async throws {
        let server = try LoopbackServer { request in .init(text: request.target) }
        var request = HTTPRequest(url: "http://feeds.example/x")
        request.proxy = server.url("")
        let response = try await withTransfer { [request] in try await $0.perform(request) }
        #expect(response.body == Array("http://feeds.example/x".utf8))
        request.url = "http://192.168.1.1/"
        let error = await #expect(throws: TransferError.self) {
            try await withTransfer { [request] in try await $0.perform(request) }
        }
        #expect(error?.code == .addressRefused)
        #expect(server.requests.count == 1)
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "dict://127.0.0.1/"])
    func otherSchemesAreRefused(url: String) async throws {
        let error = await #expect(throws: TransferError.self) {
            try await withTransfer { try await $0.perform(local(url)) }
        }
        #expect(error?.code == .invalidURL)
    }

    // MARK: Back-pressure, cancelling, many at once

    @Test func slowConsumerPausesTheTransfer() async throws {
        let total = 50 << 20
        let server = try LoopbackServer { _ in .init(behaviour: .padded(count: total)) }
        var request = local(server.url("/"))
        request.limits.maxBodyBytes = total
        let sentAtFirstChunk = Mutex(0)
        let received = Mutex((bytes: 0, largest: 0))
        let response = try await withTransfer { [request] transfer in
            try await transfer.perform(
                request,
                onChunk: { chunk in
                    let isFirst = received.withLock { state in
                        state = (state.bytes + chunk.count, max(state.largest, chunk.count))
                        return state.bytes == chunk.count
                    }
                    guard isFirst else { return }
                    // Until the server cannot send any more: everything between is full then.
                    var before = -1
                    while server.bytesSent != before {
                        before = server.bytesSent
                        try? await Task.sleep(for: .milliseconds(300))
                    }
                    sentAtFirstChunk.withLock { $0 = before }
                })
        }
        #expect(response.isComplete)
        #expect(received.withLock { $0.bytes } == total)
        #expect(received.withLock { $0.largest } <= 64 << 10)
        // The kernel's buffers of both sockets hold some megabytes; the transfer itself a few chunks.
        #expect(sentAtFirstChunk.withLock { $0 } < 20 << 20)
    }

    @Test func cancelledTransferEnds() async throws {
        let server = try LoopbackServer { _ in .init(body: sample, behaviour: .stall(after: 10)) }
        try await withTransfer { transfer in
            let task = Task { try await transfer.perform(local(server.url("/"))) }
            #expect(await server.waitForRequests(1))
            task.cancel()
            let error = await #expect(throws: TransferError.self) { try await task.value }
            #expect(error?.code == .cancelled)
        }
    }

    @Test func taskCancelledBeforehandAsksNobody() async throws {
        let server = try LoopbackServer { _ in .init() }
        try await withTransfer { transfer in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await transfer.perform(local(server.url("/")))
            }
            let error = await #expect(throws: TransferError.self) { try await task.value }
            #expect(error?.code == .cancelled)
        }
        #expect(server.requests.isEmpty)
    }

    @Test func twoHundredAtOnceGetEachTheirOwn() async throws {
        let gate = LoopbackGate()
        let server = try LoopbackServer { request in .init(text: request.target, behaviour: .withheld(gate)) }
        try await withTransfer { transfer in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let response = try await transfer.perform(local(server.url("/\(number)")))
                        return response.body == Array("/\(number)".utf8)
                    }
                }
                #expect(await server.waitForRequests(200))
                gate.open()
                for try await isRight in group { #expect(isRight) }
            }
        }
        #expect(server.mostAtOnce == 200)
    }

    @Test func shutdownEndsWhatIsInFlight() async throws {
        let gate = LoopbackGate()
        let server = try LoopbackServer { request in
            request.path == "/stall"
                ? .init(body: sample, behaviour: .stall(after: 10)) : .init(behaviour: .withheld(gate))
        }
        let transfer = try HTTPTransfer()
        let tasks = (0..<20).map { number in
            Task { try await transfer.perform(local(server.url(number % 2 == 0 ? "/stall" : "/hold"))) }
        }
        #expect(await server.waitForRequests(20))
        let clock = ContinuousClock()
        let taken = await clock.measure { await transfer.shutdown() }
        #expect(taken < .seconds(5))
        for task in tasks {
            let error = await #expect(throws: TransferError.self) { try await task.value }
            #expect(error?.code == .shutDown)
        }
        let late = await #expect(throws: TransferError.self) {
            try await transfer.perform(local(server.url("/")))
        }
        #expect(late?.code == .shutDown)
        await transfer.shutdown()
        gate.open()
    }
}
