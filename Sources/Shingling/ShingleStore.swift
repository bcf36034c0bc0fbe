/// Shingle values of many documents, in large flat pieces: no allocation for each document.
struct ShingleStore: Sendable {
    private static let pieceSize = 1 << 20

    private var pieces: [[UInt32]] = []
    private var starts: [(piece: UInt32, start: UInt32, count: UInt32)] = []

    /// Keeps values; returns the number under which they are found.
    mutating func append(_ values: [UInt32]) -> Int {
        if pieces.isEmpty || pieces[pieces.count - 1].count + values.count > Self.pieceSize {
            var piece: [UInt32] = []
            piece.reserveCapacity(max(Self.pieceSize, values.count))
            pieces.append(piece)
        }
        let last = pieces.count - 1
        starts.append((UInt32(last), UInt32(pieces[last].count), UInt32(values.count)))
        pieces[last].append(contentsOf: values)
        return starts.count - 1
    }

    func count(of place: Int) -> Int { Int(starts[place].count) }

    /// How many shingles of the document at a place the set has too.
    func shared(_ set: ShingleSet, with place: Int) -> Int {
        let (piece, start, count) = starts[place]
        return pieces[Int(piece)].withUnsafeBufferPointer { stored in
            set.shared(with: UnsafeBufferPointer(rebasing: stored[Int(start)..<Int(start) + Int(count)]))
        }
    }
}
