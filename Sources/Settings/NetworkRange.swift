import Glibc

/// Networks in CIDR notation.
enum NetworkRange {
    /// Whether `text` is an IPv4 or IPv6 network such as `10.0.0.0/8` or `fd00::/8`.
    static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, parts[1].utf8.count <= 3,
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(parts[1])
        else { return false }
        var four = in_addr()
        if inet_pton(AF_INET, String(parts[0]), &four) == 1 { return length <= 32 }
        var six = in6_addr()
        return inet_pton(AF_INET6, String(parts[0]), &six) == 1 && length <= 128
    }
}
