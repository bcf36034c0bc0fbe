/// Finds the documents that may be copies of a text: locality-sensitive hashing over two signatures of each document.
///
/// 64 bands of two values for the whole text and 64 for its lead (title and first 60 words, by which an excerpt is
/// found). Two sets of Jaccard similarity J share a band with probability 1 − (1 − J²)⁶⁴. A value in flat storage:
/// about 1.2 KiB a document. It yields candidates; `CopyRule` decides.
///
/// What it answers is a function of the documents inserted and expired, in their order, whatever was undone or
/// reclaimed in between.
public struct CopyIndex: Sendable {
    /// Bands for each of the two signatures.
    public static let bandsPerSignature = MinHashSignature.count / rows
    private static let rows = 2
    private static let bandCount = 2 * bandsPerSignature
    /// Expired documents are dropped when they are one in so many: a pass over the index, some µs for each of them.
    private static let reclaimedPart = 32
    /// Fewer expired documents are not worth a pass.
    private static let fewestReclaimed = 1024

    /// A state to which `restore` can go back.
    public struct Mark: Sendable, Equatable {
        /// Documents inserted and expired since the beginning.
        let inserted: Int
        let expired: Int
    }

    private var tables: CopyTables
    /// Document of each slot, ascending; slots count from 1.
    private var documents: [Int64] = []
    /// Time of each of them.
    private var times: [Int32] = []
    /// Documents at the front that are expired.
    private var expired = 0
    /// Documents dropped from the front since the beginning.
    private var dropped = 0

    /// An empty index, with room for so many documents that it need not grow before there are more.
    public init(capacity: Int = 0) {
        tables = CopyTables(count: Self.bandCount, capacity: capacity)
    }

    /// Documents that can be found.
    public var count: Int { documents.count - expired }

    /// Bytes held, for metrics and for the bound of 1.25 KiB a document.
    public var memoryBytes: Int {
        tables.bands.reduce(0) { $0 + $1.bytes } + documents.capacity * MemoryLayout<Int64>.stride
            + times.capacity * MemoryLayout<Int32>.stride
    }

    /// Makes a document findable. Its number is greater than those of all before it; `time` is for `expire`, in a unit
    /// of the caller's.
    public mutating func insert(document: Int64, time: Int32 = 0, _ signatures: CopySignatures) {
        // Never met: the index would hold 5 TB.
        precondition(documents.count < Int(UInt32.max) - 1, "the copy index holds at most 2³² documents")
        documents.append(document)
        times.append(time)
        let slot = UInt32(truncatingIfNeeded: documents.count)
        let firstLive = firstLive
        let bands = ownedBands()
        Self.withKeys(of: signatures) { keys in
            // Cells behind the key's are moved on, mostly fewer than fill these.
            for band in 0..<Self.bandCount { bands[band].prefetch(keys[band], lines: 3) }
            for band in 0..<Self.bandCount {
                bands[band].insert(keys[band], slot: slot, firstLive: firstLive)
            }
        }
    }

    /// Documents that share a band with the text, ascending; if there are more than `limit`, those sharing the most.
    public func candidates(for signatures: CopySignatures, limit: Int = 64) -> [Int64] {
        guard count > 0, limit > 0 else { return [] }
        var slots = sharedSlots(signatures)
        guard !slots.isEmpty else { return [] }
        slots.sort()
        var found: [(slot: UInt32, bands: Int)] = []
        for slot in slots {
            if found.last?.slot == slot {
                found[found.count - 1].bands += 1
            } else {
                found.append((slot, 1))
            }
        }
        if found.count > limit {
            found.sort { $0.bands != $1.bands ? $0.bands > $1.bands : $0.slot < $1.slot }
            found.removeLast(found.count - limit)
            found.sort { $0.slot < $1.slot }
        }
        return found.map { documents[Int($0.slot) - 1] }
    }

    /// The slots of every band that has the text's key.
    private func sharedSlots(_ signatures: CopySignatures) -> [UInt32] {
        var slots: [UInt32] = []
        let firstLive = firstLive
        let bands = tables.bands
        Self.withKeys(of: signatures) { keys in
            // A search begins anywhere in its first line and often ends in the next: with one line it takes twice as
            // long at a million documents.
            for band in 0..<Self.bandCount { bands[band].prefetch(keys[band], lines: 2) }
            for band in 0..<Self.bandCount { bands[band].collect(keys[band], from: firstLive, into: &slots) }
        }
        return slots
    }

    /// Bands that no other index sees.
    private mutating func ownedBands() -> UnsafeMutableBufferPointer<CopyBand> {
        if !isKnownUniquelyReferenced(&tables) { tables = CopyTables(copying: tables) }
        return tables.bands
    }

    /// Makes documents with an earlier time unfindable, oldest first, up to the first one that is none. Their memory
    /// returns with `reclaim`.
    public mutating func expire(before time: Int32) {
        while expired < times.count, times[expired] < time { expired += 1 }
    }

    /// The state now. Taking it costs nothing.
    public var mark: Mark { Mark(inserted: dropped + documents.count, expired: dropped + expired) }

    /// Goes back to the state at `mark`, if nothing was reclaimed since: one pass over the index (0.3 s for a million
    /// documents) if anything was inserted, meant for a transaction that failed.
    public mutating func restore(_ mark: Mark) {
        expired = max(0, mark.expired - dropped)
        let kept = max(0, mark.inserted - dropped)
        guard kept < documents.count else { return }
        documents.removeLast(documents.count - kept)
        times.removeLast(times.count - kept)
        let bands = ownedBands()
        for band in bands.indices { bands[band].truncate(to: UInt32(truncatingIfNeeded: kept + 1)) }
    }

    /// Gives the memory of expired documents back once they are many; what can be found stays the same. Marks taken
    /// before lose their worth.
    public mutating func reclaim() {
        guard expired > max(Self.fewestReclaimed, count / Self.reclaimedPart) else { return }
        let bands = ownedBands()
        for band in bands.indices { bands[band].dropFirst(before: firstLive) }
        documents.removeFirst(expired)
        times.removeFirst(expired)
        dropped += expired
        expired = 0
    }

    private var firstLive: UInt32 { UInt32(truncatingIfNeeded: expired + 1) }

    /// Calls `body` with the key of each band: the whole text's first. A key is never 0.
    @inline(__always)
    private static func withKeys(
        of signatures: CopySignatures, _ body: (UnsafeMutableBufferPointer<UInt32>) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: bandCount) { keys in
            var band = 0
            for values in [signatures.whole.values, signatures.lead.values] {
                values.withUnsafeBufferPointer { values in
                    for place in stride(from: 0, to: values.count, by: rows) {
                        let pair = UInt64(values[place]) << 32 | UInt64(values[place + 1])
                        keys[band] = max(
                            1, UInt32(truncatingIfNeeded: Mixing.fold(pair, Mixing.multipliers.1)))
                        band += 1
                    }
                }
            }
            body(keys)
        }
    }
}

extension CopyIndex: Equatable {
    /// Whether two indexes find the same, however they came about.
    public static func == (first: CopyIndex, second: CopyIndex) -> Bool {
        guard
            first.documents.dropFirst(first.expired).elementsEqual(
                second.documents.dropFirst(second.expired)),
            first.times.dropFirst(first.expired).elementsEqual(second.times.dropFirst(second.expired))
        else { return false }
        return zip(first.tables.bands, second.tables.bands).allSatisfy { one, other in
            one.contents(from: first.firstLive).map { $0 &- UInt64(first.expired) }
                == other.contents(from: second.firstLive).map { $0 &- UInt64(second.expired) }
        }
    }
}
