/// A block of addresses in CIDR notation.
package struct Network: Sendable, Hashable {
    private let prefix: [UInt8]
    private let length: Int

    /// From `10.0.0.0/8` or `fd00::/8`; a bare address is a block of one. nil if it cannot be read.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
        prefix = address.bytes
        guard parts.count == 2 else {
            length = prefix.count * 8
            return
        }
        guard !parts[1].isEmpty, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int(parts[1]),
            length <= prefix.count * 8
        else { return nil }
        self.length = length
    }

    /// Whether `address` lies in the block. An IPv4 address and an IPv6 block have nothing in common.
    package func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == prefix.count else { return false }
        for (index, (a, b)) in zip(address.bytes, prefix).enumerated() {
            let bits = min(max(length - index * 8, 0), 8)
            let mask = bits == 0 ? 0 : UInt8(truncatingIfNeeded: 0xFF << (8 - bits))
            if a & mask != b & mask { return false }
        }
        return true
    }
}
