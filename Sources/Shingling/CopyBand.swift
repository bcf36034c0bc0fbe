/// One band of the index: a hash table from the band's key to the documents that have it.
///
/// A single flat array of 64-bit cells, key above, slot of the document below, in ordered linear probing (Amble and
/// Knuth, 1974): the place of a key rises with the key, and keys stand in ascending order. A search therefore ends after
/// a handful of cells even when nine cells in ten are taken, and a larger table is written in one sequential pass.
struct CopyBand: Sendable {
    /// Documents kept for one key. A key shared by more is boilerplate that says nothing; the earliest stay,
    /// because a copy is to be traced to its original.
    static let maximumRun = 16
    /// Cells behind the last place, so that a search needs no wrapping round.
    private static let tail = 64
    /// How much a table grows. With `load` it bounds a cell's memory: 8 bytes ÷ (0.92 ÷ 1.1) = 9.6.
    private static let growth = 1.1

    private var cells: [UInt64] = []
    private var places = 0
    private(set) var used = 0
    /// Share of places taken at which the table grows; bands differ in it, so that they do not all grow at once.
    private let load: Double

    init(load: Double) {
        self.load = load
    }

    /// Touches the first cell of a key and returns it, so that the cache misses of many bands overlap.
    @inline(__always)
    func touch(_ key: UInt32) -> UInt64 {
        places == 0 ? 0 : cells[place(of: key)]
    }

    /// Appends the slots stored under a key.
    @inline(__always)
    func collect(_ key: UInt32, into slots: inout [UInt32]) {
        guard places > 0 else { return }
        cells.withUnsafeBufferPointer { cells in
            var index = place(of: key)
            while index < cells.count, cells[index] != 0, Self.key(cells[index]) < key { index += 1 }
            while index < cells.count, cells[index] != 0, Self.key(cells[index]) == key {
                slots.append(UInt32(truncatingIfNeeded: cells[index]))
                index += 1
            }
        }
    }

    /// Stores a slot under a key, unless the key has `maximumRun` living ones. Slots below `firstLive` are dead.
    mutating func insert(_ key: UInt32, slot: UInt32, firstLive: UInt32) {
        if Double(used) >= Double(places) * load {
            rebuild(places: grown, keeping: firstLive..<slot, minus: 0)
        }
        while !place(key, slot, firstLive) { rebuild(places: grown, keeping: firstLive..<slot, minus: 0) }
    }

    private var grown: Int { max(64, Int((Double(places) * Self.growth).rounded(.up))) }

    /// False if there is no free cell behind the key's place.
    private mutating func place(_ key: UInt32, _ slot: UInt32, _ firstLive: UInt32) -> Bool {
        let start = place(of: key)
        let outcome = cells.withUnsafeMutableBufferPointer { cells -> Placement in
            var index = start
            while index < cells.count, cells[index] != 0, Self.key(cells[index]) < key { index += 1 }
            let runStart = index
            while index < cells.count, cells[index] != 0, Self.key(cells[index]) == key {
                if UInt32(truncatingIfNeeded: cells[index]) < firstLive {
                    cells[index] = Self.cell(key, slot)
                    return .replaced
                }
                index += 1
            }
            if index - runStart >= Self.maximumRun { return .refused }
            var free = index
            while free < cells.count, cells[free] != 0 { free += 1 }
            guard free < cells.count else { return .full }
            while free > index {
                cells[free] = cells[free - 1]
                free -= 1
            }
            cells[index] = Self.cell(key, slot)
            return .added
        }
        if outcome == .added { used += 1 }
        return outcome != .full
    }

    private enum Placement { case added, replaced, refused, full }

    /// Keeps only the slots of a range, lowered by `base`, in a table of the same size.
    mutating func keep(_ slots: Range<UInt32>, minus base: UInt32) {
        rebuild(places: places, keeping: slots, minus: base)
    }

    private mutating func rebuild(places newPlaces: Int, keeping slots: Range<UInt32>, minus base: UInt32) {
        let old = cells
        places = newPlaces
        used = 0
        var next = 0
        cells = [UInt64](repeating: 0, count: newPlaces + Self.tail)
        for cell in old where cell != 0 {
            let slot = UInt32(truncatingIfNeeded: cell)
            guard slots.contains(slot) else { continue }
            let key = Self.key(cell)
            next = max(next, place(of: key))
            if next == cells.count { cells.append(0) }
            cells[next] = Self.cell(key, slot - base)
            next += 1
            used += 1
        }
    }

    var bytes: Int { cells.capacity * MemoryLayout<UInt64>.stride }

    @inline(__always)
    private func place(of key: UInt32) -> Int {
        Int(truncatingIfNeeded: (UInt64(key) &* UInt64(truncatingIfNeeded: places)) >> 32)
    }

    @inline(__always)
    private static func key(_ cell: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: cell >> 32) }

    @inline(__always)
    private static func cell(_ key: UInt32, _ slot: UInt32) -> UInt64 { UInt64(key) << 32 | UInt64(slot) }
}
