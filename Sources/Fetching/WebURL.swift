internal import CCurl

/// An absolute http or https URL, read by the same code that will ask it: what the guard and the redirect
/// rules see is what libcurl connects to.
package struct WebURL: Sendable, Equatable {
    /// Without fragment; with credentials, if it has any.
    package let text: String
    /// `http` or `https`.
    package let scheme: String
    /// Lower case, without brackets. Numeric IPv4 spellings (`0x7f.1`) are resolved to dotted decimals.
    package let host: String
    /// The port, also where the URL leaves it out.
    package let port: Int
    /// Without credentials and fragment: fit for logs.
    package let publicText: String

    /// Reads an absolute URL.
    package init(_ text: String) throws(TransferError) {
        try self.init(text, relativeTo: nil)
    }

    /// What a `Location` header (Latin-1, see ``HTTPHeaders``) means on this page.
    package func resolved(_ location: String) throws(TransferError) -> WebURL {
        // libcurl 7.88 takes a bare fragment for a path.
        let location = location.prefix { $0 != "#" }
        return location.isEmpty ? self : try WebURL(Self.percentEncoded(String(location)), relativeTo: text)
    }

    /// Whether a secret for the other URL may be sent to this one: same scheme, host and port, or the same
    /// host stepped up from http to https on their usual ports.
    package func mayShareSecrets(with other: WebURL) -> Bool {
        guard host == other.host else { return false }
        if scheme == other.scheme { return port == other.port }
        return scheme == "https" && port == 443 && other.port == 80
    }

    private init(_ text: String, relativeTo base: String?) throws(TransferError) {
        let subject = Self.subject(text)
        guard !text.utf8.contains(0), let handle = curl_url() else {
            throw TransferError(.invalidURL, subject, "not a URL")
        }
        defer { curl_url_cleanup(handle) }
        if let base { _ = curl_url_set(handle, CURLUPART_URL, base, 0) }
        let code = curl_url_set(handle, CURLUPART_URL, text, 0)
        guard code == CURLUE_OK else {
            let scheme = code == CURLUE_UNSUPPORTED_SCHEME
            throw TransferError(
                .invalidURL, subject,
                scheme
                    ? "only http and https are asked"
                    : "not a URL (\(String(cString: curl_url_strerror(code))))")
        }
        _ = curl_url_set(handle, CURLUPART_FRAGMENT, nil, 0)
        func part(_ part: CURLUPart, _ flags: UInt32 = 0) -> String? {
            var raw: UnsafeMutablePointer<CChar>?
            guard curl_url_get(handle, part, &raw, flags) == CURLUE_OK, let raw else { return nil }
            defer { curl_free(raw) }
            return String(cString: raw)
        }
        guard let scheme = part(CURLUPART_SCHEME)?.lowercased(), scheme == "http" || scheme == "https" else {
            throw TransferError(.invalidURL, subject, "only http and https are asked")
        }
        guard let host = part(CURLUPART_HOST), !host.isEmpty,
            let port = part(CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT)).flatMap(Int.init),
            let whole = part(CURLUPART_URL)
        else {
            throw TransferError(.invalidURL, subject, "has no host")
        }
        _ = curl_url_set(handle, CURLUPART_USER, nil, 0)
        _ = curl_url_set(handle, CURLUPART_PASSWORD, nil, 0)
        self.scheme = scheme
        self.host = Self.bare(host.lowercased())
        self.port = port
        self.text = whole
        publicText = part(CURLUPART_URL) ?? "\(scheme)://\(host)"
    }

    private static func bare(_ host: String) -> String {
        var host = host[...]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        while host.hasSuffix("."), host.utf8.count > 1 { host = host.dropLast() }
        return String(host)
    }

    /// For error texts: no credentials, and no more than a line.
    private static func subject(_ text: String) -> String {
        var shown = text
        if let scheme = shown.firstRange(of: "://") {
            let end = shown[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? shown.endIndex
            if let at = shown[scheme.upperBound..<end].lastIndex(of: "@") {
                shown.removeSubrange(scheme.upperBound...at)
            }
        }
        let visible = shown.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        return String(String(String.UnicodeScalarView(visible)).prefix(200))
    }

    private static func percentEncoded(_ location: String) -> String {
        var bytes: [UInt8] = []
        for byte in Latin1.bytes(location) {
            if byte <= 0x20 || byte >= 0x7F {
                bytes += Array("%".utf8) + Self.hex(byte)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hex(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
