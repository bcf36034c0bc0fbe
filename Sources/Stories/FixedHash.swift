/// FNV-1a, 64 bit: stored and compared across processes, so never Swift's seeded `Hasher`.
struct FixedHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }

    mutating func add(_ text: String) {
        for byte in text.utf8 { add(byte: byte) }
        add(byte: 0xFF)
    }

    mutating func add(_ number: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            add(byte: UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// Hash of the bytes alone.
    static func of(_ text: some Sequence<UInt8>) -> UInt64 {
        var hash = FixedHash()
        for byte in text { hash.add(byte: byte) }
        return hash.value
    }

    /// Hash of several numbers under a tag.
    static func of(_ tag: UInt8, _ numbers: UInt64...) -> UInt64 {
        var hash = FixedHash()
        hash.add(byte: tag)
        for number in numbers { hash.add(number) }
        return hash.value
    }
}
