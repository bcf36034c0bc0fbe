import ControlProtocol
import Fetching
import Foundation

/// The command's end of the control socket. Every failure comes out as a ``CommandFailure`` with what to do.
struct ControlClient: Sendable {
    /// An answer may have this many bytes; 100,000 feeds need about 40 MiB.
    static let maximumAnswerBytes = 256 * 1024 * 1024
    /// For everything; the daemon answers from memory and its database, within milliseconds when all is well.
    static let timeLimit = Duration.seconds(30)
    /// A path in `sockaddr_un` has 108 bytes with its terminating zero.
    static let maximumPathBytes = 107

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

    /// Asks for a document.
    func get<Document: Decodable>(
        _ route: ControlRoute, query: String = "", as type: Document.Type = Document.self
    ) async throws -> Document {
        try await send(route, query: query, body: nil)
    }

    /// Asks the daemon to do something.
    func post<Document: Decodable>(
        _ route: ControlRoute, _ body: some Encodable, as type: Document.Type = Document.self
    ) async throws -> Document {
        try await send(route, query: "", body: Array(try ControlCoding.encoder().encode(body)))
    }

    /// Asks the daemon to do something that `query` says all about.
    func post<Document: Decodable>(
        _ route: ControlRoute, query: String = "", as type: Document.Type = Document.self
    ) async throws -> Document {
        try await send(route, query: query, body: [])
    }

    private func send<Document: Decodable>(
        _ route: ControlRoute, query: String, body: [UInt8]?
    ) async throws -> Document {
        try checkSocket()
        var request = HTTPRequest(url: "http://localhost\(route.path)\(query)")
        request.method = route.method
        request.unixSocket = socketPath
        request.limits.maxBodyBytes = Self.maximumAnswerBytes
        request.limits.total = timeLimit
        if let body {
            if !body.isEmpty { request.headers = [("Content-Type", "application/json")] }
            request.body = body
        }
        let response: HTTPResponse
        do {
            response = try await transfer.perform(request)
        } catch {
            await transfer.shutdown()
            // libcurl speaks of the host in the URL, which means nothing here.
            let reason = error.code == .connect ? "the socket is left from one that was killed" : error.reason
            throw CommandFailure(
                .unavailable, "no daemon answers at \(socketPath): \(reason)", advice: Self.advice)
        }
        await transfer.shutdown()
        return try document(from: response)
    }

    private func document<Document: Decodable>(from response: HTTPResponse) throws -> Document {
        guard response.isComplete else {
            let reason = response.failure?.reason ?? "the connection ended"
            throw CommandFailure(
                .unavailable, "the daemon's answer was cut short (\(reason)); it may be stopping: try again")
        }
        let body = Data(response.body)
        do {
            if (200..<300).contains(response.status) {
                return try ControlCoding.decoder().decode(Document.self, from: body)
            }
            throw failure(for: try ControlCoding.decoder().decode(ProblemDocument.self, from: body))
        } catch let error as DecodingError {
            throw CommandFailure(
                .bug,
                "what answers at \(socketPath) does not speak as newswatchd \(NewswatchVersion.current) does "
                    + "(status \(response.status), \(DecodingReason.sentence(error))); is it another version?"
            )
        }
    }

    private func failure(for problem: ProblemDocument) -> CommandFailure {
        switch problem.status {
        case 404: CommandFailure(.badData, problem.detail)
        case 409: CommandFailure(.unhealthy, problem.detail)
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
