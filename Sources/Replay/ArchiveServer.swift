import Foundation
import Hummingbird
import Logging

/// Serves `ArchiveFeeds` on a loopback port of the kernel's choice, with validators as a real outlet would.
struct ArchiveServer: Sendable {
    let feeds: ArchiveFeeds
    let logger: Logger

    /// Serves until cancelled; `onPort` is told the port once clients can connect.
    func run(onPort: @escaping @Sendable (Int) -> Void) async throws {
        let router = Router()
        router.get("/feeds/:file") { [feeds] request, _ -> Response in
            guard let document = feeds.document(at: request.uri.path) else { throw HTTPError(.notFound) }
            var headers: HTTPFields = [
                .eTag: document.entityTag, .contentType: "application/rss+xml; charset=utf-8",
            ]
            if let lastModified = document.lastModified {
                headers[.lastModified] = lastModified.formatted(Self.httpDate)
            }
            if request.headers[.ifNoneMatch] == document.entityTag {
                return Response(status: .notModified, headers: headers)
            }
            return Response(
                status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: document.body)))
        }
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { onPort(port) }
            },
            logger: logger)
        try await application.run()
    }

    /// RFC 9110, 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static let httpDate = Date.VerbatimFormatStyle(
        format:
            "\(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT",
        locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
}
