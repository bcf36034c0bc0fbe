/// The way of one poll from address to address, and what may be sent where.
struct RedirectTrail {
    /// The address to ask now.
    private(set) var current: WebURL
    /// Whether every redirect so far was a permanent one.
    private(set) var isPermanent = true

    private let configured: WebURL
    private let start: WebURL
    private var visited: Set<String>
    /// Where the permanent redirects at the beginning of the way have led.
    private var permanent: WebURL

    init(_ request: FeedRequest) throws(TransferError) {
        configured = try WebURL(request.url)
        start = try request.movedTo.map { text throws(TransferError) in try WebURL(text) } ?? configured
        current = start
        permanent = start
        visited = [start.publicText]
    }

    /// Goes where `location` says. Throws for a circle, a way too long, and one that leads nowhere.
    mutating func follow(_ location: String, status: Int) throws(TransferError) {
        guard visited.count <= FeedFetcher.maxRedirects else {
            throw TransferError(
                .redirect, current.publicText, "more than \(FeedFetcher.maxRedirects) redirects")
        }
        let next = try current.resolved(location)
        guard visited.insert(next.publicText).inserted else {
            throw TransferError(.redirect, next.publicText, "redirects in a circle")
        }
        // A step down from https is followed, but not remembered: each poll begins with what can be trusted.
        let isStepDown = current.scheme == "https" && next.scheme == "http"
        isPermanent = isPermanent && !isStepDown && (status == 301 || status == 308)
        current = next
        if isPermanent { permanent = next }
    }

    /// The configuration's own fields go to the configured host, never elsewhere and never from https to http.
    var maySendSecrets: Bool { current.mayShareSecrets(with: configured) }

    /// Validators go to the host asked first, of whose document they are.
    var maySendValidators: Bool { current.mayShareSecrets(with: start) }

    /// Whether the host asked now is the one that the next poll asks first.
    var willBeAskedFirst: Bool { current.mayShareSecrets(with: permanent) }

    /// Where the feed has moved to for good, if that is not where this poll began.
    var permanentlyMovedTo: String? {
        permanent == start ? nil : permanent.publicText
    }
}
