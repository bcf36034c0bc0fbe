import ControlProtocol
import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Turns requests into calls of ``DaemonControl`` and everything that goes wrong into problem documents.
struct ControlResponder: HTTPResponder {
    typealias Context = ControlContext

    let control: any DaemonControl
    let logger: Logger

    func respond(to request: Request, context: Context) async throws -> Response {
        var response: Response
        do {
            response = try await answer(request, on: context.channel)
        } catch let error as BrokenBody {
            // Not ours to answer: the server library answers 400 to what is not HTTP, and closes.
            throw error.cause
        } catch {
            response = try refusal(of: request, because: error)
        }
        // RFC 9110, 9.3.2: HEAD answers as GET does, without the body.
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(_ request: Request, on channel: any Channel) async throws -> Response {
        guard let route = ControlRoute.allCases.first(where: { $0.path == request.uri.path }) else {
            throw problem(
                .notFound,
                "nothing is at \(excerpt(request.uri.path)); known are "
                    + ControlRoute.allCases.map(\.path).joined(separator: ", "))
        }
        // What is streamed is not begun for a client that does not want to read it.
        let isHead = request.method == .head && !route.isStreamed
        let method = isHead ? HTTPRequest.Method.get : request.method
        guard method.rawValue == route.method else { throw WrongMethod(route: route) }
        let query = try parameters(of: request, for: route)
        if route.method == "GET" { try await requireEmptyBody(of: request, for: route) }
        switch route {
        case .status: return try document(await control.status())
        case .feeds: return try document(await control.feeds())
        case .developments: return try document(await control.developments())
        case .alerts: return try document(await control.alerts(failedOnly: flag("failed", in: query)))
        case .poll:
            let order = try await pollRequest(in: request)
            return try document(await control.poll(feed: order.feed), status: .accepted)
        case .rulings:
            return try document(await control.rule(ruling(in: request)), status: .accepted)
        case .pause, .resume:
            try await requireEmptyBody(of: request, for: route)
            return try document(await control.setPaused(route == .pause))
        case .reload:
            try await requireEmptyBody(of: request, for: route)
            return try document(
                await cancelWhenGracefulShutdown { [control] in try await control.reload() })
        case .redeliver:
            try await requireEmptyBody(of: request, for: route)
            let id = try value("id", in: query, for: route)
            return try document(await control.redeliver(alert: id), status: .accepted)
        case .testAlert:
            try await requireEmptyBody(of: request, for: route)
            return try document(await control.testAlert(), status: .accepted)
        case .explain: return try document(await control.explain(entry: value("id", in: query, for: route)))
        case .watch, .backup, .export: return response(try await stream(for: route), on: channel)
        case .check:
            return try document(
                await cancelWhenGracefulShutdown { [control] in try await control.check() })
        case .prune:
            try await requireEmptyBody(of: request, for: route)
            return try document(
                await cancelWhenGracefulShutdown { [control] in try await control.prune() })
        }
    }

    private func stream(for route: ControlRoute) async throws -> any ControlStream {
        try await cancelWhenGracefulShutdown { [control] in
            switch route {
            case .backup: try await control.backup()
            case .export: try await control.export()
            default: try await control.watch()
            }
        }
    }

    /// The stream as it comes, until its end, the client's or the daemon's.
    private func response(_ stream: any ControlStream, on channel: any Channel) -> Response {
        channel.closeFuture.whenComplete { _ in stream.stop() }
        let body = ResponseBody(contentLength: stream.length) { [logger] writer in
            defer { stream.stop() }
            do {
                try await withGracefulShutdownHandler {
                    while let bytes = try await stream.next() {
                        try await writer.write(ByteBuffer(bytes: bytes))
                        // The writer waits only once the event loop has told it that the client lags behind: a
                        // loop that is late would let megabytes pile up.
                        try await channel.eventLoop.submit {}.get()
                    }
                } onGracefulShutdown: {
                    stream.stop()
                }
                try await writer.finish(nil)
            } catch {
                // Too late for a problem document: the connection is cut. A client that has gone is no news.
                if !(error is ChannelError), !(error is CancellationError), !(error is IOError) {
                    logger.error("an answer was cut", metadata: ["error": "\(error)"])
                }
                throw error
            }
        }
        return Response(
            status: .ok, headers: [.contentType: stream.mediaType, .cacheControl: "no-store"], body: body)
    }

    private func parameters(of request: Request, for route: ControlRoute) throws -> [String: String] {
        var known: [String: String] = [:]
        for (key, value) in request.uri.queryParameters {
            guard route.queryParameters.contains(String(key)) else {
                let names = route.queryParameters.sorted().joined(separator: ", ")
                throw problem(
                    .badRequest,
                    "\(route.path) knows no query parameter “\(excerpt(String(key)))”"
                        + (names.isEmpty ? "" : ", only \(names)"))
            }
            guard known.updateValue(String(value), forKey: String(key)) == nil else {
                throw problem(.badRequest, "the query parameter \(key) is given twice")
            }
        }
        return known
    }

    private func flag(_ name: String, in query: [String: String]) throws -> Bool {
        switch query[name] {
        case nil, "false": return false
        case "true": return true
        case let value?:
            throw problem(.badRequest, "\(name) must be true or false, not “\(excerpt(value))”")
        }
    }

    private func value(_ name: String, in query: [String: String], for route: ControlRoute) throws -> String {
        guard let value = query[name], !value.isEmpty else {
            throw problem(.badRequest, "\(route.path) needs the query parameter \(name)")
        }
        return value
    }

    private func pollRequest(in request: Request) async throws -> PollRequest {
        let body = try await body(of: request)
        guard !body.isEmpty else { return PollRequest(feed: nil) }
        return try order(in: body, shape: "empty or {\"feed\":\"URL or name\"}")
    }

    private func ruling(in request: Request) async throws -> RulingRequest {
        try order(
            in: await body(of: request),
            shape:
                "{\"action\":\"merge, split, mute or retract\",\"development\":\"ID\"} with others or entries"
        )
    }

    private func order<Order: Decodable>(in body: Data, shape: String) throws -> Order {
        do {
            return try ControlCoding.decoder().decode(Order.self, from: body)
        } catch let error as DecodingError {
            throw problem(.badRequest, "the body must be \(shape): \(DecodingReason.sentence(error))")
        }
    }

    /// Something sent to a route that reads nothing is a misunderstanding, and is not acted on.
    private func requireEmptyBody(of request: Request, for route: ControlRoute) async throws {
        guard try await body(of: request).isEmpty else {
            throw problem(.badRequest, "\(route.path) takes no body")
        }
    }

    private func body(of request: Request) async throws -> Data {
        let limit = ControlServer.maximumBodyBytes
        if let text = request.headers[.contentLength], let length = Int(text), length > limit {
            throw tooLarge
        }
        var body = Data()
        var chunks = request.body.makeAsyncIterator()
        while let chunk = try await next(&chunks) {
            guard body.count + chunk.readableBytes <= limit else { throw tooLarge }
            body.append(contentsOf: chunk.readableBytesView)
        }
        return body
    }

    private func next(_ chunks: inout RequestBody.AsyncIterator) async throws(BrokenBody) -> ByteBuffer? {
        do {
            return try await chunks.next()
        } catch {
            throw BrokenBody(cause: error)
        }
    }

    private var tooLarge: ProblemDocument {
        problem(.contentTooLarge, "the body may have \(ControlServer.maximumBodyBytes) bytes at most")
    }

    private func document(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        try Self.response(value, status: status, contentType: "application/json")
    }

    private func refusal(of request: Request, because error: any Error) throws -> Response {
        let problem: ProblemDocument
        switch error {
        case let error as ProblemDocument: problem = error
        case let error as WrongMethod: problem = error.problem
        case ControlFailure.unknownFeed, ControlFailure.unknownAlert, ControlFailure.unknownEntry,
            ControlFailure.unknownDevelopment:
            problem = self.problem(.notFound, "\(error)")
        case ControlFailure.conflict: problem = self.problem(.conflict, "\(error)")
        case ControlFailure.faultyConfiguration(let faults):
            problem = self.problem(.unprocessableContent, "\(error)", faults: faults)
        case ControlFailure.unavailable: problem = self.problem(.serviceUnavailable, "\(error)")
        case is CancellationError:
            problem = self.problem(.serviceUnavailable, "the daemon is stopping; try again when it is up")
        default:
            logger.error(
                "control request failed",
                metadata: ["path": "\(excerpt(request.uri.path))", "error": "\(error)"])
            problem = self.problem(.internalServerError, "\(error); the daemon's log has the time of it")
        }
        var response = try Self.response(
            problem, status: .init(code: problem.status), contentType: ProblemDocument.contentType)
        if let error = error as? WrongMethod { response.headers[.allow] = error.allowed }
        return response
    }

    private static func response(
        _ value: some Encodable, status: HTTPResponse.Status, contentType: String
    ) throws -> Response {
        let body = try ControlCoding.encoder().encode(value)
        return Response(
            status: status, headers: [.contentType: contentType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    private func problem(
        _ status: HTTPResponse.Status, _ detail: String, faults: [String]? = nil
    ) -> ProblemDocument {
        ProblemDocument(status: status.code, title: status.reasonPhrase, detail: detail, faults: faults)
    }

    /// What a client sent, short enough and without control characters, for messages and logs.
    private func excerpt(_ text: String) -> String {
        let limit = 80
        let line = String(text.unicodeScalars.prefix(limit).map { $0.value < 0x20 ? " " : Character($0) })
        return text.unicodeScalars.count > limit ? line + "…" : line
    }
}

/// A known route asked with a method that it does not answer.
private struct WrongMethod: Error {
    let route: ControlRoute

    var allowed: String { route.method == "GET" && !route.isStreamed ? "GET, HEAD" : route.method }

    var problem: ProblemDocument {
        ProblemDocument(
            status: 405, title: "Method Not Allowed", detail: "\(route.path) answers \(allowed) only")
    }
}

/// The body stopped being HTTP, or the connection ended within it.
private struct BrokenBody: Error {
    let cause: any Error
}
