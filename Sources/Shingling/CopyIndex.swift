/// Finds the documents that may be copies of a text: locality-sensitive hashing over two signatures of each document.
///
/// 64 bands of two values for the whole text and 64 for its lead (title and first 60 words, by which an excerpt is
/// found). Two sets of Jaccard similarity J share a band with probability 1 − (1 − J²)⁶⁴. A value in flat storage:
/// about 1.2 KiB a document. It yields candidates; `CopyRule` decides.
public struct CopyIndex: Sendable {
    /// Bands for each of the two signatures.
    public static let bandsPerSignature = MinHashSignature.count / rows
    private static let rows = 2
    private static let bandCount = 2 * bandsPerSignature

    /// A state to which `truncate(to:)` can go back.
    public struct Mark: Sendable, Equatable {
        let inserted: Int
    }

    private var bands: [CopyBand]
    /// Document of each slot; slots before `firstLive` are expired.
    private var documents: [Int64] = []
    private var firstLive = 0
    /// Slots dropped from the front since the beginning: what `Mark` counts does not change when they go.
    private var dropped = 0
    private var removed: Set<UInt32> = []
    private var expiredBefore = Int64.min

    /// An empty index.
    public init() {
        bands = (0..<Self.bandCount).map { band in
            CopyBand(
                load: 0.92 - 0.04 * Double(band % Self.bandsPerSignature) / Double(Self.bandsPerSignature))
        }
    }

    /// Documents that can be found.
    public var count: Int { documents.count - firstLive - removed.count }

    /// Bytes held, for metrics and for the bound of 1.25 KiB a document.
    public var memoryBytes: Int {
        bands.reduce(documents.capacity * MemoryLayout<Int64>.stride) { $0 + $1.bytes }
    }

    /// Makes a document findable. A document may be inserted again with other signatures; it is then found by either.
    public mutating func insert(document: Int64, whole: MinHashSignature, lead: MinHashSignature) {
        if documents.count == Int(UInt32.max) { compact() }
        let slot = UInt32(truncatingIfNeeded: documents.count)
        documents.append(document)
        let keys = Self.keys(whole, lead)
        for band in 0..<Self.bandCount {
            bands[band].insert(keys[band], slot: slot, firstLive: UInt32(truncatingIfNeeded: firstLive))
        }
    }

    /// Documents that share a band with the text, ascending; if there are more than `limit`, those sharing the most.
    public func candidates(whole: MinHashSignature, lead: MinHashSignature, limit: Int = 64) -> [Int64] {
        guard !documents.isEmpty, limit > 0 else { return [] }
        var slots: [UInt32] = []
        let keys = Self.keys(whole, lead)
        var touched: UInt64 = 0
        for band in 0..<Self.bandCount { touched ^= bands[band].touch(keys[band]) }
        // Uses `touched`, so that the loads above are not optimised away.
        if touched == 1 { slots.reserveCapacity(16) }
        for band in 0..<Self.bandCount { bands[band].collect(keys[band], into: &slots) }
        guard !slots.isEmpty else { return [] }
        slots.sort()
        var found: [(document: Int64, bands: Int)] = []
        var start = 0
        while start < slots.count {
            let slot = slots[start]
            var end = start + 1
            while end < slots.count, slots[end] == slot { end += 1 }
            let document = documents[Int(slot)]
            if Int(slot) >= firstLive, document >= expiredBefore, !removed.contains(slot) {
                found.append((document, end - start))
            }
            start = end
        }
        if found.count > limit {
            found.sort { $0.bands != $1.bands ? $0.bands > $1.bands : $0.document < $1.document }
            found.removeLast(found.count - limit)
        }
        var result = found.map(\.document)
        result.sort()
        for index in result.indices.dropFirst().reversed() where result[index] == result[index - 1] {
            result.remove(at: index)
        }
        return result
    }

    /// Makes a document unfindable. Cheap for a recent one; searches backwards through the documents.
    public mutating func remove(document: Int64) {
        for slot in (firstLive..<documents.count).reversed() where documents[slot] == document {
            removed.insert(UInt32(truncatingIfNeeded: slot))
        }
    }

    /// Makes all documents with a number below the given one unfindable; their memory returns in larger pieces.
    public mutating func expire(before document: Int64) {
        expiredBefore = max(expiredBefore, document)
        while firstLive < documents.count, documents[firstLive] < expiredBefore {
            removed.remove(UInt32(truncatingIfNeeded: firstLive))
            firstLive += 1
        }
        // A pass over the whole index for every 32nd part of it: a few µs for each document that leaves.
        if firstLive > max(1024, (documents.count - firstLive) / 32) { compact() }
    }

    /// The state now. Taking it costs nothing.
    public var mark: Mark { Mark(inserted: dropped + documents.count) }

    /// Forgets every insertion since the mark was taken: one pass over the index (0.3 s for a million documents), meant
    /// for a transaction that failed. Documents expired or removed since then stay out.
    public mutating func truncate(to mark: Mark) {
        let kept = max(0, mark.inserted - dropped)
        guard kept < documents.count else { return }
        documents.removeLast(documents.count - kept)
        firstLive = min(firstLive, kept)
        removed = removed.filter { Int($0) < kept }
        let live = UInt32(truncatingIfNeeded: firstLive)..<UInt32(truncatingIfNeeded: kept)
        for band in bands.indices { bands[band].keep(live, minus: 0) }
    }

    private mutating func compact() {
        let base = UInt32(truncatingIfNeeded: firstLive)
        let live = base..<UInt32(truncatingIfNeeded: documents.count)
        for band in bands.indices { bands[band].keep(live, minus: base) }
        documents.removeFirst(firstLive)
        removed = Set(removed.map { $0 - base })
        dropped += firstLive
        firstLive = 0
    }

    /// The key of each band: the whole text's first.
    private static func keys(_ whole: MinHashSignature, _ lead: MinHashSignature) -> [UInt32] {
        [UInt32](unsafeUninitializedCapacity: bandCount) { keys, written in
            for (half, values) in [whole.values, lead.values].enumerated() {
                for band in 0..<bandsPerSignature {
                    let pair = UInt64(values[2 * band]) << 32 | UInt64(values[2 * band + 1])
                    keys[half * bandsPerSignature + band] = UInt32(
                        truncatingIfNeeded: Mixing.finish(pair) >> 32)
                }
            }
            written = bandCount
        }
    }
}
