/// A sum for each of some thousand entries: a hash table made for one decision.
struct SlotScores {
    private static let empty: Int32 = -1

    private var slots: [Int32]
    private var sums: [Double]
    /// Cells in use, in the order in which they came.
    private var used: [Int32] = []

    /// Room for so many entries.
    init(capacity: Int) {
        var size = 64
        while size < 2 * capacity { size *= 2 }
        slots = Array(repeating: Self.empty, count: size)
        sums = Array(repeating: 0, count: size)
    }

    mutating func add(_ value: Double, to slot: Int32) {
        let mask = slots.count - 1
        var cell = Int(UInt32(bitPattern: slot) &* 0x9E37_79B9) >> 8 & mask
        while slots[cell] != slot {
            if slots[cell] == Self.empty {
                slots[cell] = slot
                used.append(Int32(truncatingIfNeeded: cell))
                break
            }
            cell = (cell + 1) & mask
        }
        sums[cell] += value
    }

    /// The entries with the greatest sums, greatest first; of equal ones the later.
    func greatest(_ count: Int) -> [Int32] {
        var best: [(sum: Double, slot: Int32)] = []
        guard count > 0 else { return [] }
        best.reserveCapacity(count + 1)
        for cell in used {
            let (slot, sum) = (slots[Int(cell)], sums[Int(cell)])
            if best.count == count {
                guard (sum, slot) > best[count - 1] else { continue }
                best.removeLast()
            }
            var place = best.count
            while place > 0, (sum, slot) > best[place - 1] { place -= 1 }
            best.insert((sum, slot), at: place)
        }
        return best.map(\.slot)
    }
}
