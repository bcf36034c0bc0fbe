/// One request, without redirects.
package struct HTTPRequest: Sendable {
    /// An absolute http or https URL.
    package var url: String
    /// `GET` unless told otherwise.
    package var method = "GET"
    /// Fields to send, beside those that libcurl adds (Host, Accept-Encoding, Content-Length).
    package var headers: [(name: String, value: String)] = []
    /// What to send as the body; nil for none.
    package var body: [UInt8]?
    /// What the answer may cost.
    package var limits = TransferLimits.standard
    /// Whether any address may be asked.
    package var allowPrivate = false
    /// Private networks that may be asked, in CIDR notation; one that cannot be read fails the request.
    package var allowNetworks: [String] = []
    /// `http://host:port`, `socks5h://…`; nil asks directly. Proxies of the environment are never used.
    package var proxy: String?
    /// Connects to this socket instead of the URL's host.
    package var unixSocket: String?
    /// Bodies of other statuses are not read: the transfer ends with their headers and counts as complete.
    package var wantedStatuses: ClosedRange<Int>?
    /// Whether to keep the connection for a later request. Costs more than it saves for a host with one feed.
    package var keepsConnection = false
    /// A file with certificates to trust instead of the system's.
    package var certificateAuthority: String?
    /// A file with a certificate and its key (PEM) to show to the server.
    package var clientCertificate: String?

    /// A GET request with the default limits.
    package init(url: String) {
        self.url = url
    }
}
