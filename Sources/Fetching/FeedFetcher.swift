import Foundation

/// Polls a feed: conditional requests, redirects by hand, and what the answer means.
package struct FeedFetcher: Sendable {
    /// Redirects followed in one poll.
    package static let maxRedirects = 5
    /// Formats by preference; whatever else comes is read as well.
    static let accept =
        "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
        + "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5"

    private let transfer: HTTPTransfer
    private let userAgent: String
    private let now: @Sendable () -> Date

    /// Polls through `transfer`, which the caller shuts down. `now` is asked for dates in answers that lack
    /// their own.
    package init(
        transfer: HTTPTransfer, userAgent: String, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.transfer = transfer
        self.userAgent = userAgent
        self.now = now
    }

    /// `newswatch/1.0 (+https://example.org/about-our-poller)`: who asks, and where to complain.
    package static func userAgent(version: String, contact: String?) -> String {
        contact.map { "newswatch/\(version) (+\($0))" } ?? "newswatch/\(version)"
    }

    /// Polls once. `onResponse` is called before the first byte of a document, `onChunk` with each chunk of it
    /// in order (at most 64 KiB); without it the body is in the outcome. Cancelling the task ends the poll as
    /// failed with ``TransferError/Code/cancelled``.
    package func fetch(
        _ request: FeedRequest, onResponse: (@Sendable (FeedResponseHead) async -> Void)? = nil,
        onChunk: (@Sendable ([UInt8]) async -> Void)? = nil
    ) async -> FetchOutcome {
        do throws(TransferError) {
            var trail = try RedirectTrail(request)
            let clock = ContinuousClock()
            let deadline = clock.now.advanced(by: request.limits.total)
            while true {
                let left = clock.now.duration(to: deadline)
                guard left > .zero else {
                    throw TransferError(.timeout, trail.current.publicText, "redirects took all the time")
                }
                let (response, hash) = try await ask(request, trail, left, onResponse, onChunk)
                guard let location = Self.redirection(response) else {
                    return outcome(response, hash, request, trail)
                }
                try trail.follow(location, status: response.status)
            }
        } catch {
            return .failed(FetchFailure(status: nil, error: error))
        }
    }

    // MARK: One hop

    private func ask(
        _ feed: FeedRequest, _ trail: RedirectTrail, _ left: Duration,
        _ onResponse: (@Sendable (FeedResponseHead) async -> Void)?,
        _ onChunk: (@Sendable ([UInt8]) async -> Void)?
    ) async throws(TransferError) -> (HTTPResponse, UInt64?) {
        var request = HTTPRequest(url: trail.current.text)
        request.headers = [("User-Agent", userAgent)]
        let own = trail.maySendSecrets ? feed.headers : []
        if !own.contains(where: { HTTPHeaders.isSame($0.name, "Accept") }) {
            request.headers.append(("Accept", Self.accept))
        }
        request.headers += own
        if trail.maySendValidators, let validators = feed.validators { request.headers += validators.fields }
        request.limits = feed.limits
        request.limits.total = left
        request.allowPrivate = feed.allowPrivate
        request.allowNetworks = feed.allowNetworks
        request.proxy = feed.proxy
        request.keepsConnection = feed.keepsConnection
        request.certificateAuthority = feed.certificateAuthority
        if trail.maySendSecrets { request.clientCertificate = feed.clientCertificate }
        request.wantedStatuses = 200...203

        let reading = DocumentReading()
        guard let onChunk else {
            let response = try await transfer.perform(request)
            reading.begin(status: response.status)
            reading.take(response.body)
            return (response, reading.hash)
        }
        let response = try await transfer.perform(
            request,
            onHead: { head in
                if reading.begin(status: head.status) { await onResponse?(Self.head(head)) }
            },
            onChunk: { bytes in
                if reading.take(bytes) { await onChunk(bytes) }
            })
        return (response, reading.hash)
    }

    private static func head(_ response: HTTPResponse) -> FeedResponseHead {
        FeedResponseHead(
            status: response.status, effectiveURL: response.effectiveURL,
            contentType: response.headers["Content-Type"])
    }

    /// Where an answer sends to; nil if it does not.
    private static func redirection(_ response: HTTPResponse) -> String? {
        guard [301, 302, 303, 307, 308].contains(response.status) else { return nil }
        return response.headers["Location"]
    }

    // MARK: What it means

    private func outcome(
        _ response: HTTPResponse, _ hash: UInt64?, _ request: FeedRequest, _ trail: RedirectTrail
    ) -> FetchOutcome {
        let now = now()
        switch response.status {
        case 200, 203:
            let document = document(response, hash, request, trail, now)
            if let failure = response.failure { return .incomplete(document, failure) }
            return .complete(document)
        case 304 where trail.maySendValidators && request.validators?.fields.isEmpty == false:
            var validators = request.validators ?? Validators()
            if let etag = response.headers["ETag"] { validators.etag = etag }
            if let lastModified = response.headers["Last-Modified"] { validators.lastModified = lastModified }
            return .notModified(
                .init(
                    effectiveURL: response.effectiveURL, validators: validators,
                    permanentlyMovedTo: trail.permanentlyMovedTo,
                    maxAge: Freshness.lifetime(response.headers, now: now)))
        case 410 where trail.isPermanent:
            return .gone
        case 429, 503:
            return .throttled(
                status: response.status, retryAfter: RetryAfter.delay(response.headers, now: now))
        default:
            return .failed(FetchFailure(status: response.status, error: nil))
        }
    }

    private func document(
        _ response: HTTPResponse, _ hash: UInt64?, _ request: FeedRequest, _ trail: RedirectTrail, _ now: Date
    ) -> FetchedDocument {
        // Those of another host than the one asked first next time would be sent to the wrong one.
        let areKept = trail.willBeAskedFirst
        let validators = Validators(
            etag: areKept ? response.headers["ETag"] : nil,
            lastModified: areKept ? response.headers["Last-Modified"] : nil,
            bodyHash: response.isComplete ? hash : nil)
        return FetchedDocument(
            status: response.status, effectiveURL: response.effectiveURL,
            contentType: response.headers["Content-Type"], validators: validators, bytes: response.bodyBytes,
            body: response.body,
            isUnchanged: response.isComplete && hash != nil && hash == request.validators?.bodyHash,
            permanentlyMovedTo: trail.permanentlyMovedTo,
            maxAge: Freshness.lifetime(response.headers, now: now))
    }
}
