/// 128 values such that two sets agree in about the share of them that is the sets' Jaccard similarity.
///
/// Made by fast similarity sketching (Dahlgaard, Knudsen, Thorup, FOCS 2017): every round throws each shingle into one
/// of 128 bins and keeps the least value of each bin that no earlier round filled, until all are filled. It costs about
/// as much as one-permutation hashing, and keeps the accuracy of independent permutations for sets of any size, where
/// densified one-permutation hashing loses it on short texts.
public struct MinHashSignature: Sendable, Equatable {
    /// Changes whenever the same text gets another signature: stored signatures of another version are worthless.
    public static let version = 1

    /// Number of values.
    public static let count = 128

    /// The values, always `count` of them.
    public let values: [UInt32]

    /// The signature of a set. An empty set has the signature of no other set, but is equal to other empty ones.
    public init(_ set: ShingleSet) {
        values = Self.sketch(set.hashes)
    }

    /// A signature read back from where `values` was stored; nil if the number of values is wrong.
    public init?(values: [UInt32]) {
        guard values.count == Self.count else { return nil }
        self.values = values
    }

    /// Share of equal values, 0…1: an estimate of the Jaccard similarity with standard error √(J(1−J)/128) at most.
    /// Good for finding candidates; whether a text is a copy is for `CopyRule` to say.
    public func agreement(with other: MinHashSignature) -> Double {
        var equal = 0
        for index in 0..<Self.count where values[index] == other.values[index] { equal += 1 }
        return Double(equal) / Double(Self.count)
    }

    private static func sketch(_ hashes: [UInt64]) -> [UInt32] {
        guard !hashes.isEmpty else { return [UInt32](repeating: .max, count: count) }
        return hashes.withUnsafeBufferPointer { hashes in
            [UInt32](unsafeUninitializedCapacity: count) { target, written in
                // Above 32 bits: not filled. A round fills bins with its least value, later rounds leave them alone.
                withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { bins in
                    bins.initialize(repeating: .max)
                    var empty = count
                    var round = 0
                    while empty > 0 {
                        fill(bins, hashes, round: round)
                        empty = close(bins)
                        round += 1
                    }
                    for index in 0..<count { target[index] = UInt32(truncatingIfNeeded: bins[index]) }
                }
                written = count
            }
        }
    }

    /// Bits that mark a value as one of the current round.
    private static let open: UInt64 = 1 << 32

    @inline(__always)
    private static func fill(
        _ bins: UnsafeMutableBufferPointer<UInt64>, _ hashes: UnsafeBufferPointer<UInt64>, round: Int
    ) {
        let seed = UInt64(truncatingIfNeeded: round &+ 1) &* 0x9E37_79B9_7F4A_7C15
        for hash in hashes {
            let mixed = Mixing.finish(hash &+ seed)
            // After `count` rounds by chance, one round for each bin makes sure of the end.
            let bin = round < count ? Int(mixed >> 57) : round - count
            let value = open | (mixed & 0xFFFF_FFFF)
            // A closed bin is below `open` and stays.
            if value < bins[bin] { bins[bin] = value }
        }
    }

    /// Takes the mark off the values of this round; returns how many bins are still empty.
    private static func close(_ bins: UnsafeMutableBufferPointer<UInt64>) -> Int {
        var empty = 0
        for index in bins.indices {
            if bins[index] == .max { empty += 1 } else { bins[index] &= open - 1 }
        }
        return empty
    }
}
