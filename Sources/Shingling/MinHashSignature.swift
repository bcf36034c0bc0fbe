/// 128 values such that two sets agree in about the share of them that is the sets' Jaccard similarity.
///
/// Made by fast similarity sketching (Dahlgaard, Knudsen, Thorup, FOCS 2017): every round throws each shingle into one
/// of 128 bins and keeps the least value of each bin that no earlier round filled, until all are filled. It costs about
/// as much as one-permutation hashing, and keeps the accuracy of independent permutations for sets of any size, where
/// densified one-permutation hashing loses it on short texts.
public struct MinHashSignature: Sendable, Equatable {
    /// Changes whenever the same text gets another signature. Signatures of different versions cannot be compared;
    /// stored ones of an earlier version are made anew from their texts.
    public static let version: UInt8 = 2

    /// Number of values.
    public static let count = 128

    /// The values, always `count` of them.
    public let values: [UInt32]

    /// The signature of a set. An empty set has the signature of no other set, but is equal to other empty ones.
    public init(_ set: ShingleSet) {
        self.init(set.values[...])
    }

    /// The signature of a part of a set.
    init(_ shingles: ArraySlice<UInt32>) {
        values = shingles.withUnsafeBufferPointer(Self.sketch)
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

    private static func sketch(_ shingles: UnsafeBufferPointer<UInt32>) -> [UInt32] {
        [UInt32](unsafeUninitializedCapacity: count) { bins, written in
            bins.initialize(repeating: empty)
            written = count
            guard !shingles.isEmpty else { return }
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * count) { thrown in
                let first = UnsafeMutableBufferPointer(rebasing: thrown[..<count])
                let second = UnsafeMutableBufferPointer(rebasing: thrown[count...])
                var round: UInt64 = 0
                repeat {
                    thrown.initialize(repeating: empty)
                    throwTwice(shingles, to: first, and: second, round: round)
                    round += 2
                } while !fill(bins, from: first, then: second)
            }
        }
    }

    /// Gives every empty bin the value of the first round that has one for it; whether all bins are filled now.
    /// In vectors: half the time of a signature went into this when it was written for one bin after another.
    @inline(__always)
    private static func fill(
        _ bins: UnsafeMutableBufferPointer<UInt32>, from first: UnsafeMutableBufferPointer<UInt32>,
        then second: UnsafeMutableBufferPointer<UInt32>
    ) -> Bool {
        typealias Block = SIMD8<UInt32>
        let bins = UnsafeMutableRawPointer(bins.baseAddress.unsafelyUnwrapped)
        let first = UnsafeRawPointer(first.baseAddress.unsafelyUnwrapped)
        let second = UnsafeRawPointer(second.baseAddress.unsafelyUnwrapped)
        func isEmpty(_ block: Block) -> Block {
            unsafeBitCast(block .== Block(repeating: empty), to: Block.self)
        }
        var open = Block()
        for offset in stride(from: 0, to: count * MemoryLayout<UInt32>.stride, by: MemoryLayout<Block>.stride)
        {
            var block = bins.loadUnaligned(fromByteOffset: offset, as: Block.self)
            func fill(from later: UnsafeRawPointer) {
                let isOpen = isEmpty(block)
                block =
                    (block & ~isOpen) | (later.loadUnaligned(fromByteOffset: offset, as: Block.self) & isOpen)
            }
            fill(from: first)
            fill(from: second)
            bins.storeBytes(of: block, toByteOffset: offset, as: Block.self)
            open |= isEmpty(block)
        }
        return open == Block()
    }

    /// What a bin holds before anything fell into it.
    private static let empty = UInt32.max
    /// A value belongs into the bin that its leading bits name.
    private static let binShift: UInt32 = 32 - 7

    /// Two rounds: the least value for each bin. Without a branch on which is less, which nothing can predict.
    @inline(__always)
    private static func throwTwice(
        _ shingles: UnsafeBufferPointer<UInt32>, to first: UnsafeMutableBufferPointer<UInt32>,
        and second: UnsafeMutableBufferPointer<UInt32>, round: UInt64
    ) {
        // A function of its own for every pair of rounds.
        let multiplier = Mixing.multipliers.1 &+ round &* Mixing.multipliers.2
        guard round < count else {
            // By now all bins are filled but by a rare chance: one round for each bin makes sure of the end.
            let bin = Int(truncatingIfNeeded: round) / 2 % count
            for shingle in shingles {
                first[bin] = min(first[bin], UInt32(truncatingIfNeeded: hash(shingle, multiplier)))
            }
            return
        }
        for shingle in shingles {
            let hash = hash(shingle, multiplier)
            let one = UInt32(truncatingIfNeeded: hash)
            let other = UInt32(truncatingIfNeeded: hash &>> 32)
            let bin = Int(truncatingIfNeeded: one &>> binShift)
            let otherBin = Int(truncatingIfNeeded: other &>> binShift)
            first[bin] = min(first[bin], one)
            second[otherBin] = min(second[otherBin], other)
        }
    }

    @inline(__always)
    private static func hash(_ shingle: UInt32, _ multiplier: UInt64) -> UInt64 {
        Mixing.fold(UInt64(shingle) &* Mixing.multipliers.0, multiplier)
    }
}
