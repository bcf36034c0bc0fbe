import Foundation

/// What the configuration accepts as an address.
package enum WebAddress {
    /// What is wrong with `text` as the address of something to be reached by one of `schemes`; nil when it
    /// can be used.
    package static func fault(in text: String, schemes: [String] = ["http", "https"]) -> String? {
        let list = schemes.map { "\($0)://" }.joined(separator: " or ")
        guard text.utf8.count <= 8192 else { return "is longer than 8192 bytes" }
        guard !text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }) else {
            return "holds a space or control character"
        }
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased() else {
            return "is not a URL (\(list))"
        }
        guard schemes.contains(scheme) else { return "has the scheme \(scheme), must be \(list)" }
        guard let host = parts.host, !host.isEmpty else { return "names no host" }
        guard parts.user == nil, parts.password == nil else { return "holds credentials" }
        if let port = parts.port, !(1...65_535).contains(port) { return "has a port outside 1 to 65535" }
        return nil
    }

    /// The address as it may be shown: user and password are left out.
    package static func withoutCredentials(_ url: String) -> String {
        guard let start = url.range(of: "://")?.upperBound,
            let at = url[start...].prefix(while: { $0 != "/" && $0 != "?" && $0 != "#" }).lastIndex(of: "@")
        else { return url }
        return url[..<start] + "…" + url[at...]
    }

    /// Two addresses with the same key are the same resource: scheme and host without case, no default port,
    /// no fragment, `/` for an empty path.
    package static func key(of text: String) -> String {
        guard var parts = URLComponents(string: text) else { return text }
        parts.scheme = parts.scheme?.lowercased()
        parts.host = parts.host?.lowercased()
        parts.fragment = nil
        if (parts.scheme == "http" && parts.port == 80) || (parts.scheme == "https" && parts.port == 443) {
            parts.port = nil
        }
        if parts.percentEncodedPath.isEmpty { parts.percentEncodedPath = "/" }
        return parts.string ?? text
    }
}
