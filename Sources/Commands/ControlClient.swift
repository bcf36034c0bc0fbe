import ControlProtocol
import Fetching
import Foundation

/// The command's end of the control socket. Every failure comes out as a ``CommandFailure`` with what to do.
struct ControlClient: Sendable {
    /// An answer may have this many bytes; 100,000 feeds need about 40 MiB.
    static let maximumAnswerBytes = 256 * 1024 * 1024
    /// For a document; the daemon answers from memory and its database, within milliseconds when all is well.
    static let timeLimit = Duration.seconds(30)
    /// For reading a whole database, seconds for each gigabyte, and until the first byte of its copy.
    static let patientTimeLimit = Duration.seconds(3600)
    /// The daemon's silence after which it counts as dead: more than two of its heartbeats.
    static let silenceLimit = Duration.seconds(40)
    /// A path in `sockaddr_un` has 108 bytes with its terminating zero.
    static let maximumPathBytes = 107

    /// Limits for documents.
    private var prompt: TransferLimits {
        var limits = TransferLimits.standard
        limits.maxBodyBytes = Self.maximumAnswerBytes
        limits.total = timeLimit
        return limits
    }

    /// Limits for what the daemon works on for long before it says anything.
    static var patient: TransferLimits {
        var limits = TransferLimits.standard
        limits.maxBodyBytes = .max
        limits.isEndless = true
        limits.stallBytesPerSecond = 1
        limits.stallTime = patientTimeLimit
        return limits
    }

    /// Limits for what goes on until somebody ends it.
    static var watching: TransferLimits {
        var limits = patient
        limits.stallTime = silenceLimit
        return limits
    }

    let socketPath: String
    private let timeLimit: Duration
    private let transfer: HTTPTransfer

    init(socketPath: String, timeLimit: Duration = Self.timeLimit) throws {
        guard !socketPath.isEmpty, socketPath.utf8.count <= Self.maximumPathBytes else {
            throw CommandFailure(
                .usage,
                "a socket's path has 1 to \(Self.maximumPathBytes) bytes, not \(socketPath.utf8.count)")
        }
        self.socketPath = socketPath
        self.timeLimit = timeLimit
        do {
            transfer = try HTTPTransfer()
        } catch {
            throw CommandFailure(.bug, "cannot start the HTTP client: \(error.reason)")
        }
    }

    /// Asks for a document. `limits` for one that takes its time.
    func get<Document: Decodable>(
        _ route: ControlRoute, query: String = "", limits: TransferLimits? = nil,
        as type: Document.Type = Document.self
    ) async throws -> Document {
        try await send(route, query: query, body: nil, limits: limits)
    }

    /// Asks the daemon to do something.
    func post<Document: Decodable>(
        _ route: ControlRoute, _ body: some Encodable, as type: Document.Type = Document.self
    ) async throws -> Document {
        try await send(route, query: "", body: Array(try ControlCoding.encoder().encode(body)))
    }

    /// Asks the daemon to do something that `query` says all about. `limits` for what takes its time.
    func post<Document: Decodable>(
        _ route: ControlRoute, query: String = "", limits: TransferLimits? = nil,
        as type: Document.Type = Document.self
    ) async throws -> Document {
        try await send(route, query: query, body: [], limits: limits)
    }

    /// Reads an answer that is streamed: `consume` gets its bytes in order, each piece after the last was dealt
    /// with, and nothing of a refusal. Returns when all has come; throws a ``CommandFailure`` when it was cut,
    /// or what `consume` throws.
    func stream(
        _ route: ControlRoute, limits: TransferLimits,
        to consume: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        let answer = StreamedAnswer(consume)
        let response = try await perform(try request(route, limits: limits), answer)
        if let error = await answer.error { throw error }
        try checkEnd(of: response)
        guard StreamedAnswer.isFine(response.status) else {
            throw try refusal(Data(await answer.refusal), status: response.status)
        }
    }

    private func send<Document: Decodable>(
        _ route: ControlRoute, query: String, body: [UInt8]?, limits: TransferLimits? = nil
    ) async throws -> Document {
        var request = try request(route, query: query, limits: limits ?? prompt)
        if let body {
            if !body.isEmpty { request.headers = [("Content-Type", "application/json")] }
            request.body = body
        }
        let response = try await perform(request)
        try checkEnd(of: response)
        return try document(from: response)
    }

    private func request(
        _ route: ControlRoute, query: String = "", limits: TransferLimits
    ) throws -> HTTPRequest {
        try checkSocket()
        var request = HTTPRequest(url: "http://localhost\(route.path)\(query)")
        request.method = route.method
        request.unixSocket = socketPath
        request.limits = limits
        return request
    }

    private func perform(_ request: HTTPRequest, _ answer: StreamedAnswer? = nil) async throws -> HTTPResponse
    {
        do {
            let response =
                if let answer { try await answer.receive(request, over: transfer) } else {
                    try await transfer.perform(request)
                }
            await transfer.shutdown()
            return response
        } catch {
            await transfer.shutdown()
            if let error = await answer?.error { throw error }
            // libcurl speaks of the host in the URL, which means nothing here.
            let reason = error.code == .connect ? "the socket is left from one that was killed" : error.reason
            throw CommandFailure(
                .unavailable, "no daemon answers at \(socketPath): \(reason)", advice: Self.advice)
        }
    }

    private func checkEnd(of response: HTTPResponse) throws(CommandFailure) {
        guard !response.isComplete else { return }
        let reason = response.failure?.reason ?? "the connection ended"
        throw CommandFailure(
            .unavailable, "the daemon's answer was cut short (\(reason)); it may be stopping: try again")
    }

    private func document<Document: Decodable>(from response: HTTPResponse) throws -> Document {
        let body = Data(response.body)
        guard StreamedAnswer.isFine(response.status) else {
            throw try refusal(body, status: response.status)
        }
        do {
            return try ControlCoding.decoder().decode(Document.self, from: body)
        } catch let error as DecodingError {
            throw strange(error, status: response.status)
        }
    }

    /// What comes is not what this version of the daemon says.
    func strange(_ error: DecodingError, status: Int) -> CommandFailure {
        CommandFailure(
            .bug,
            "what answers at \(socketPath) does not speak as newswatchd \(NewswatchVersion.current) does "
                + "(status \(status), \(DecodingReason.sentence(error))); is it another version?")
    }

    private func refusal(_ body: Data, status: Int) throws -> CommandFailure {
        let problem: ProblemDocument
        do {
            problem = try ControlCoding.decoder().decode(ProblemDocument.self, from: body)
        } catch let error as DecodingError {
            return strange(error, status: status)
        }
        return switch problem.status {
        case 404: CommandFailure(.badData, problem.detail)
        case 409: CommandFailure(.unhealthy, problem.detail)
        case 422:
            CommandFailure(
                .configuration, lines: (problem.faults ?? []) + ["newswatch: \(problem.detail)"])
        case 503: CommandFailure(.unavailable, problem.detail)
        default: CommandFailure(.bug, "the daemon refused: \(problem)")
        }
    }

    /// libcurl tells every reason alike; the file says which one it is.
    private func checkSocket() throws {
        guard access(socketPath, R_OK | W_OK) != 0 else { return }
        let number = errno
        switch number {
        case ENOENT, ENOTDIR:
            throw CommandFailure(
                .unavailable, "no daemon runs: there is no socket \(socketPath)", advice: Self.advice)
        case EACCES, EPERM:
            throw CommandFailure(
                .permission,
                "you may not open \(socketPath)",
                advice: "join its group (sudo usermod -aG newswatch $USER, then log in anew) or use sudo")
        default:
            throw CommandFailure(
                .inputOutput, "cannot open \(socketPath): \(String(cString: strerror(number)))")
        }
    }

    private static let advice =
        "start it (systemctl start newswatchd, or newswatchd --config FILE) or name its socket with --socket"
}
