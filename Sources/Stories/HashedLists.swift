/// Lists of elements by hashes that are asked for far more often than they are there, as every word of a text is.
///
/// One bit is looked at first: a dictionary would hash the hash again. 4 KiB of bits; with 2,000 hashes one in 17 of the
/// others gets past them.
struct HashedLists<Element: Sendable>: Sendable {
    private static var bitCount: Int { 1 << 15 }

    private var lists: [UInt64: [Element]] = [:]
    /// A bit for each hash in `lists`, and for those that share it.
    private var bits = [UInt64](repeating: 0, count: bitCount / 64)

    var isEmpty: Bool { lists.isEmpty }

    mutating func append(_ element: Element, for hash: UInt64) {
        bits[Self.word(hash)] |= Self.bit(hash)
        lists[hash, default: []].append(element)
    }

    /// In the order in which they were appended; empty for a hash without any.
    subscript(hash: UInt64) -> [Element] {
        guard bits[Self.word(hash)] & Self.bit(hash) != 0 else { return [] }
        return lists[hash] ?? []
    }

    private static func word(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash >> 6) & (bitCount / 64 - 1)
    }
    private static func bit(_ hash: UInt64) -> UInt64 { 1 << (hash & 63) }
}
