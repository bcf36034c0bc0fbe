/// Which addresses may be asked. A feed's URL comes from strangers; a daemon inside a network must not be
/// made to knock on its doors.
package struct AddressGuard: Sendable {
    private let allowsAll: Bool
    private let allowed: [Network]

    /// Lets everything pass if `allowPrivate`, else what is public or in one of the `allowed` networks.
    package init(allowPrivate: Bool = false, allowed: [Network] = []) {
        allowsAll = allowPrivate
        self.allowed = allowed
    }

    /// What kind of address `address` is, if it may not be asked; nil if it may.
    package func refusal(of address: IPAddress) -> String? {
        if allowsAll { return nil }
        let plain = address.embedded ?? address
        if allowed.contains(where: { $0.contains(plain) || $0.contains(address) }) { return nil }
        return Self.special.first { $0.network.contains(plain) }?.name
    }

    /// Of the IANA special-purpose address registries (RFC 6890 and its successors), whatever is not globally
    /// reachable.
    private static let special: [(network: Network, name: String)] = [
        ("0.0.0.0/8", "unspecified"), ("10.0.0.0/8", "private"), ("100.64.0.0/10", "shared (carrier's NAT)"),
        ("127.0.0.0/8", "loopback"), ("169.254.0.0/16", "link-local"), ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"), ("192.0.2.0/24", "reserved for documentation"),
        ("192.88.99.0/24", "reserved"), ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "reserved for benchmarks"),
        ("198.51.100.0/24", "reserved for documentation"), ("203.0.113.0/24", "reserved for documentation"),
        ("224.0.0.0/4", "multicast"), ("240.0.0.0/4", "reserved"),
        ("::1/128", "loopback"), ("::/96", "unspecified"), ("64:ff9b:1::/48", "private (NAT64)"),
        ("100::/64", "reserved"), ("2001::/23", "reserved"), ("2001:db8::/32", "reserved for documentation"),
        ("3fff::/20", "reserved for documentation"), ("5f00::/16", "reserved"), ("fc00::/7", "unique local"),
        ("fe80::/10", "link-local"), ("fec0::/10", "site-local"), ("ff00::/8", "multicast"),
    ].compactMap { text, name in Network(text).map { ($0, name) } }
}
