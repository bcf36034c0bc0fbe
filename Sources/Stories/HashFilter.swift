/// Tells of most hashes that they are not in a set, at the cost of one bit looked at: a dictionary hashes its keys again.
///
/// 4 KiB. Of a set of 2,000 hashes it lets one in 17 of the others pass.
struct HashFilter: Sendable {
    private static let bits = 1 << 15

    private var words = [UInt64](repeating: 0, count: bits / 64)

    mutating func insert(_ hash: UInt64) { words[Self.word(hash)] |= Self.bit(hash) }

    /// False for a hash that was not inserted, mostly; true for one that was.
    func mayContain(_ hash: UInt64) -> Bool { words[Self.word(hash)] & Self.bit(hash) != 0 }

    private static func word(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 6) & (bits / 64 - 1) }
    private static func bit(_ hash: UInt64) -> UInt64 { 1 << (hash & 63) }
}
