/// Two addresses of one page made equal.
public enum CanonicalURL {
    /// The address in a form that is equal for addresses of one page; nil when it is not an http(s) address.
    ///
    /// Scheme as https, host in lower case without `www.` and mobile or AMP prefix, no user, default port or
    /// fragment, escapes in one spelling, no final slash, parameters sorted and those for tracking left out.
    /// For comparison, not for fetching.
    public static func canonical(_ url: String) -> String? {
        guard let parts = AddressParts(url), let host = comparableHost(parts.host) else { return nil }
        var path = normalized(parts.path)
        // Google's AMP viewers hold the page's own address in their path.
        for prefix in ["/amp/s/", "/c/s/", "/v/s/", "/amp/", "/c/", "/v/"]
        where host == "google.com" || host.hasSuffix(".cdn.ampproject.org") {
            guard path.hasPrefix(prefix),
                path.dropFirst(prefix.count).prefix(while: { $0 != "/" }).contains(".")
            else { continue }
            let inner = AddressParts("https://" + path.dropFirst(prefix.count))
            guard let inner, let innerHost = comparableHost(inner.host) else { break }
            return assemble(innerHost, inner.port, normalized(inner.path), parts.query)
        }
        if path.isEmpty { path = "/" }
        let address = assemble(host, parts.port, path, parts.query)
        return parts.fragment.hasPrefix("!") ? address + "#" + parts.fragment : address
    }

    /// The registrable domain of an address or host (`news.bbc.co.uk` → `bbc.co.uk`), for telling outlets apart;
    /// nil when there is no host.
    ///
    /// A rule of thumb rather than the Public Suffix List: two labels, three below a country's general suffixes
    /// and on platforms whose names belong to their users.
    public static func outlet(_ url: String) -> String? {
        guard let host = (AddressParts(url) ?? AddressParts("https://" + url))?.host, !host.isEmpty else {
            return nil
        }
        if host.hasPrefix("[") || host.utf8.allSatisfy({ $0 == 0x2E || ($0 >= 0x30 && $0 <= 0x39) }) {
            return host
        }
        let labels = host.split(separator: ".")
        guard labels.count > 2, let last = labels.last else { return labels.isEmpty ? nil : host }
        let second = labels[labels.count - 2]
        let isCountrySuffix = last.utf8.count == 2 && generalLabels.contains(String(second))
        let isPlatform = platforms.contains("\(second).\(last)")
        return labels.suffix(isCountrySuffix || isPlatform ? 3 : 2).joined(separator: ".")
    }

    private static let generalLabels: Set<String> = [
        "ac", "asn", "co", "com", "ed", "edu", "gen", "go", "gob", "gov", "govt", "gouv", "gub", "id", "in",
        "info", "lg", "ltd", "me", "mil", "ne", "net", "nom", "or", "org", "plc", "press", "sch",
    ]
    private static let platforms: Set<String> = [
        "blogspot.com", "wordpress.com", "substack.com", "tumblr.com", "typepad.com", "livejournal.com",
        "github.io", "gitlab.io", "ghost.io", "netlify.app", "pages.dev", "vercel.app", "web.app",
        "medium.com", "over-blog.com", "hatenablog.com", "weebly.com", "wixsite.com",
    ]

    /// Host without what does not change the page; nil for an empty one.
    private static func comparableHost(_ host: String) -> String? {
        var host = host[...]
        for prefix in ["www.", "m.", "mobile.", "amp."] where host.hasPrefix(prefix) {
            let rest = host.dropFirst(prefix.count)
            if rest.contains(".") { host = rest }
        }
        return host.isEmpty ? nil : String(host)
    }

    private static func assemble(_ host: String, _ port: String?, _ path: String, _ query: String) -> String {
        var path = path
        for suffix in ["/amp/", "/amp", "/amp.html"] where path.hasSuffix(suffix) {
            path.removeLast(suffix.count)
            break
        }
        if path.hasSuffix(".amp.html") { path = path.dropLast(9) + ".html" }
        while path.hasSuffix("/") { path.removeLast() }
        let parameters = query.split(separator: "&").filter { !isTracking($0) }.sorted()
        let kept = parameters.isEmpty ? "" : "?" + normalized(parameters.joined(separator: "&"))
        return "https://" + host + (port.map { ":" + $0 } ?? "") + (path.isEmpty ? "/" : path) + kept
    }

    /// Parameters that name how the reader came, not what is read: of advertisers, mailers and of outlets' feeds.
    private static func isTracking(_ parameter: Substring) -> Bool {
        let name = parameter.prefix { $0 != "=" }.lowercased()
        if name.hasPrefix("utm_") || name.hasPrefix("at_") || name.hasPrefix("ns_") || name.hasPrefix("pk_")
            || name.hasPrefix("mtm_")
        {
            return true
        }
        if name == "amp" || parameter == "outputType=amp" { return true }
        return tracking.contains(name)
    }

    private static let tracking: Set<String> = [
        "__twitter_impression", "_ga", "_gl", "_hsenc", "_hsmi", "cmp", "cmpid", "cndid", "dclid", "fbclid",
        "ftag", "gbraid", "gclid", "guccounter", "guce_referrer", "guce_referrer_sig", "icid", "igshid",
        "ito",
        "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "ocid", "oly_anon_id", "oly_enc_id", "ref_src",
        "ref_url", "s_cid", "smid", "smtyp", "soc_src", "soc_trk", "spm", "srnd", "traffic_source", "ttclid",
        "twclid", "vero_id", "wbraid", "wt_mc", "xtor", "yclid",
    ]

    /// Escapes of unreserved characters undone, the others in upper case (RFC 3986, 6.2.2).
    private static func normalized(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x25, index + 2 < bytes.count, let high = hex(bytes[index + 1]),
                let low = hex(bytes[index + 2])
            {
                let value = high << 4 | low
                if isUnreserved(value) {
                    output.append(value)
                } else {
                    output.append(contentsOf: escape(value))
                }
                index += 3
                continue
            }
            if byte <= 0x20 || byte >= 0x7F {
                output.append(contentsOf: escape(byte))
            } else {
                output.append(byte)
            }
            index += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func escape(_ byte: UInt8) -> [UInt8] {
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
        return [0x25, digit(byte >> 4), digit(byte & 0xF)]
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2D
            || byte == 0x2E || byte == 0x5F || byte == 0x7E
    }
}
