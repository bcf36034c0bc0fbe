import CPlatform

/// One band of the index: a hash table from the band's key to the documents that have it.
///
/// A single flat array of 64-bit cells, key above, slot of the document below, in ordered linear probing (Amble and
/// Knuth, 1974): the place of a key rises with the key, and keys stand in ascending order, slots of a key too. A search
/// ends after a handful of cells even when nine cells in ten are taken, and a larger table is written in one sequential
/// pass. Keys and slots are never 0, which is an empty cell; the last cells always are, so that searches need no bound.
///
/// It owns no memory: `CopyTables` does, so that a search through 128 bands counts no references.
struct CopyBand {
    /// Living documents kept for one key. A key shared by more is boilerplate that says nothing; the earliest stay,
    /// because a copy is to be traced to its original.
    static let maximumRun = 16
    /// Cells behind the last place, so that a search needs no wrapping round.
    private static let tail = 64
    /// Cells that a search looks at together; so many at the end are always empty.
    private static let step = 4
    /// Share of places taken at which a table grows. Fuller tables are longer to insert into: 19 cells are moved on
    /// average here, 28 when growing by a fifth at 0.92, for the same memory.
    private static let load = 0.88
    /// How much a table grows. A cell takes 8 ÷ `load` bytes before growth and `growth` times that after it; over bands
    /// that grow at different times that is 9.7 on average.
    private static let growth = 1.13
    private static let fewestPlaces = 64.0

    private var cells: UnsafeMutableBufferPointer<UInt64>
    private var places: Int
    private var used = 0
    /// `used` at which the table grows.
    private var limit = 0

    /// An empty band with room for `capacity` slots. `phase` (0..<1) says when within a step of growth it grows.
    init(capacity: Int, phase: Double) {
        let least = max(Self.fewestPlaces, Double(capacity) / Self.load)
        places = Int((least * (1 + phase * (Self.growth - 1))).rounded(.up))
        limit = Self.limit(places)
        cells = CellMemory.allocate(places + Self.tail)
    }

    /// A band with cells of its own.
    init(copying other: CopyBand) {
        self = other
        cells = CellMemory.allocate(other.cells.count)
        _ = cells.update(fromContentsOf: other.cells)
    }

    /// Gives the memory back; the band is of no use any more.
    func deallocate() { CellMemory.deallocate(cells) }

    /// Asks for the first cells of a key, so that the cache misses of many bands overlap: `lines` times eight of them.
    @inline(__always)
    func prefetch(_ key: UInt32, lines: Int) {
        let start = cells.baseAddress.unsafelyUnwrapped + place(of: key)
        for line in 0..<lines { cplatform_prefetch(start + 8 &* line) }
    }

    /// Appends the slots stored under a key, from `firstLive` on.
    @inline(__always)
    func collect(_ key: UInt32, from firstLive: UInt32, into slots: inout [UInt32]) {
        var index = firstCell(of: key)
        while Self.key(cells[index]) == key {
            let slot = UInt32(truncatingIfNeeded: cells[index])
            if slot >= firstLive { slots.append(slot) }
            index &+= 1
        }
    }

    /// Stores a slot, greater than all before it, under a key, unless the key has `maximumRun` slots from `firstLive` on.
    @inline(__always)
    mutating func insert(_ key: UInt32, slot: UInt32, firstLive: UInt32) {
        var index = firstCell(of: key)
        var run = 0
        while Self.key(cells[index]) == key {
            run &+= UInt32(truncatingIfNeeded: cells[index]) >= firstLive ? 1 : 0
            index &+= 1
        }
        guard run < Self.maximumRun else { return }
        used &+= 1
        // Everything up to the next empty cell moves on by one.
        var moving = UInt64(key) << 32 | UInt64(slot)
        repeat {
            let next = cells[index]
            cells[index] = moving
            moving = next
            index &+= 1
        } while moving != 0
        if index > cells.count - Self.step || used > limit { grow() }
    }

    @inline(never)
    private mutating func grow() {
        rebuild(places: Int((Double(places) * Self.growth).rounded(.up))) { $0 }
    }

    /// Forgets slots from `end` on.
    mutating func truncate(to end: UInt32) {
        rebuild(places: places) { UInt32(truncatingIfNeeded: $0) < end ? $0 : 0 }
    }

    /// Forgets slots below `start` and lowers the others so that `start` becomes 1.
    mutating func dropFirst(before start: UInt32) {
        rebuild(places: places) {
            UInt32(truncatingIfNeeded: $0) < start ? 0 : $0 &- UInt64(start &- 1)
        }
    }

    /// Keys and slots from `firstLive` on, ascending: what the band knows, however its table came about.
    func contents(from firstLive: UInt32) -> [UInt64] {
        cells.filter { $0 != 0 && UInt32(truncatingIfNeeded: $0) >= firstLive }
    }

    /// Writes the cells that `kept` returns into a new table; 0 drops one. Without a branch on it.
    @inline(__always)
    private mutating func rebuild(places newPlaces: Int, kept: (UInt64) -> UInt64) {
        let old = cells
        places = newPlaces
        limit = Self.limit(places)
        cells = CellMemory.allocate(newPlaces + Self.tail)
        var next = 0
        used = 0
        for cell in old {
            let cell = kept(cell)
            next = max(next, place(of: Self.key(cell)))
            if next >= cells.count - Self.step { lengthen() }
            cells[next] = cell
            let isKept = cell == 0 ? 0 : 1
            next &+= isKept
            used &+= isKept
        }
        CellMemory.deallocate(old)
    }

    /// A longer tail; hardly ever called.
    @inline(never)
    private mutating func lengthen() {
        let longer = CellMemory.allocate(cells.count + Self.tail)
        _ = longer.update(fromContentsOf: cells)
        CellMemory.deallocate(cells)
        cells = longer
    }

    private static func limit(_ places: Int) -> Int { Int(Double(places) * load) }

    var bytes: Int { cells.count * MemoryLayout<UInt64>.stride }

    /// Where the run of a key begins or would begin.
    @inline(__always)
    private func firstCell(of key: UInt32) -> Int {
        let least = UInt64(key) << 32 &- 1
        var index = place(of: key)
        var smaller = 0
        // Smaller keys come first: counting them needs no branch, which would be mispredicted more often than not.
        repeat {
            smaller = 0
            for offset in 0..<Self.step {
                // An empty cell, less one, is greater than any.
                smaller &+= cells[index &+ offset] &- 1 < least ? 1 : 0
            }
            index &+= smaller
        } while smaller == Self.step
        return index
    }

    @inline(__always)
    private func place(of key: UInt32) -> Int {
        Int(truncatingIfNeeded: (UInt64(key) &* UInt64(truncatingIfNeeded: places)) >> 32)
    }

    @inline(__always)
    private static func key(_ cell: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: cell >> 32) }
}
