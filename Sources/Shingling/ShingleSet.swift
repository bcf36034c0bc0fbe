/// The distinct shingles of a text: what it says, as a set that can be compared with another text's.
public struct ShingleSet: Sendable {
    /// Units in a shingle: three words, or three characters where words are not separated.
    public static let standardWidth = 3

    /// Hashes of the shingles in the order of the text, each once and none of them 0. Two different shingles of two
    /// texts of 500 words fall together once in 17,000 pairs.
    public let values: [UInt32]
    /// The same values by open addressing, for `contains`.
    private let table: [UInt32]

    /// How many distinct shingles there are.
    public var count: Int { values.count }

    /// Shingles of every `width` neighbouring units. A text shorter than that is one shingle; an empty one has none.
    public init(units: [UInt64], width: Int = ShingleSet.standardWidth) {
        let width = min(max(1, width), max(1, units.count))
        let count = units.isEmpty ? 0 : units.count - width + 1
        // At most a quarter full: every second look at a place is a branch mispredicted.
        let slots = max(16, (4 * count).nextPowerOfTwo)
        var table = [UInt32](repeating: 0, count: slots)
        values = units.withUnsafeBufferPointer { units in
            table.withUnsafeMutableBufferPointer { table in
                [UInt32](unsafeUninitializedCapacity: count) { values, written in
                    written =
                        width == Self.standardWidth
                        ? Self.fill(values, table, units, count: count, width: Self.standardWidth)
                        : Self.fill(values, table, units, count: count, width: width)
                }
            }
        }
        self.table = table
    }

    /// Inlined, so that the usual width is a constant.
    @inline(__always)
    private static func fill(
        _ values: UnsafeMutableBufferPointer<UInt32>, _ table: UnsafeMutableBufferPointer<UInt32>,
        _ units: UnsafeBufferPointer<UInt64>, count: Int, width: Int
    ) -> Int {
        let mask = table.count &- 1
        var distinct = 0
        for start in 0..<count {
            var sum = UInt64(truncatingIfNeeded: width)
            for offset in 0..<width { sum = sum &* Mixing.multipliers.0 &+ units[start &+ offset] }
            let value = max(1, UInt32(truncatingIfNeeded: Mixing.fold(sum, Mixing.multipliers.1)))
            var place = Int(truncatingIfNeeded: value) & mask
            while table[place] != 0, table[place] != value { place = (place &+ 1) & mask }
            // Written in any case: whether a shingle came before is seldom true, and then costs nothing.
            values[distinct] = value
            distinct &+= table[place] == 0 ? 1 : 0
            table[place] = value
        }
        return distinct
    }

    /// Share of the smaller set's shingles that the other has too, 0…1; 0 when either is empty.
    public func containment(with other: ShingleSet) -> Double {
        let smaller = min(count, other.count)
        return smaller == 0 ? 0 : Double(shared(with: other)) / Double(smaller)
    }

    /// Shared shingles ÷ shingles of both together, 0…1; 0 when either is empty.
    public func jaccard(with other: ShingleSet) -> Double {
        guard count > 0, other.count > 0 else { return 0 }
        let shared = shared(with: other)
        return Double(shared) / Double(count + other.count - shared)
    }

    /// How many shingles both sets have.
    public func shared(with other: ShingleSet) -> Int {
        count < other.count
            ? values.withUnsafeBufferPointer { other.shared(with: $0) }
            : other.values.withUnsafeBufferPointer { shared(with: $0) }
    }

    /// How many of some distinct values the set has.
    func shared(with values: UnsafeBufferPointer<UInt32>) -> Int {
        table.withUnsafeBufferPointer { table in
            let mask = table.count &- 1
            var shared = 0
            for value in values {
                var place = Int(truncatingIfNeeded: value) & mask
                while table[place] != 0, table[place] != value { place = (place &+ 1) & mask }
                shared &+= table[place] == value ? 1 : 0
            }
            return shared
        }
    }
}

extension Int {
    /// The least power of two that is not below the number; 1 for numbers below 1.
    fileprivate var nextPowerOfTwo: Int {
        self < 2 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
    }
}
