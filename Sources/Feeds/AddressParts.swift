/// The parts of an http(s) address, read as tolerantly as feeds write them.
struct AddressParts {
    /// Lower case, without user and final dot.
    var host: String
    /// Nil for the scheme's own port.
    var port: String?
    var path: String
    /// Without its `?`.
    var query: String
    /// Without its `#`.
    var fragment: String

    /// Nil when the text is not an http(s) address with a host.
    init?(_ url: String) {
        var rest = url[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        guard let colon = rest.firstIndex(of: ":") else { return nil }
        let scheme = rest[..<colon].lowercased()
        guard scheme == "http" || scheme == "https", rest[colon...].hasPrefix("://") else { return nil }
        rest = rest[colon...].dropFirst(3)
        fragment = ""
        query = ""
        if let hash = rest.firstIndex(of: "#") {
            fragment = String(rest[rest.index(after: hash)...])
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: "?") {
            query = String(rest[rest.index(after: mark)...])
            rest = rest[..<mark]
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        path = String(rest[slash...])
        var authority = rest[..<slash]
        if let at = authority.lastIndex(of: "@") { authority = authority[authority.index(after: at)...] }
        if !authority.hasSuffix("]"), let colon = authority.lastIndex(of: ":") {
            let number = authority[authority.index(after: colon)...]
            if !number.isEmpty, number != (scheme == "http" ? "80" : "443") { port = String(number) }
            authority = authority[..<colon]
        }
        if authority.hasSuffix(".") { authority.removeLast() }
        host = authority.lowercased()
        guard !host.isEmpty else { return nil }
    }
}
