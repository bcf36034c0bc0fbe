/// The terms of an entry that is compared with many others, with all that does not depend on these.
struct TermQuery {
    struct Part {
        var term: Term
        /// Its number in the topic's table; nil for one that no entry had.
        var number: UInt32?
        var rarity: Double
        /// Sort, prominence and rarity together.
        var weight: Double
    }

    let parts: [Part]
    /// Places in `parts` by a hash of the term's number, each one greater; 0 is empty. Linear probing.
    private let places: [UInt16]

    init(_ parts: [Part]) {
        self.parts = parts
        // A quarter full at most; a place fits in 16 bits, as `StorySettings.maxTerms` does.
        let size = Self.size(parts.count)
        var places = [UInt16](repeating: 0, count: size)
        for (place, part) in parts.enumerated() {
            guard let number = part.number else { continue }
            var cell = Self.cell(number, size)
            while places[cell] != 0 { cell = (cell + 1) & (size - 1) }
            places[cell] = UInt16(truncatingIfNeeded: place + 1)
        }
        self.places = places
    }

    func part(_ number: UInt32) -> Part? {
        var cell = Self.cell(number, places.count)
        while places[cell] != 0 {
            let part = parts[Int(places[cell]) - 1]
            if part.number == number { return part }
            cell = (cell + 1) & (places.count - 1)
        }
        return nil
    }

    private static func size(_ count: Int) -> Int {
        var size = 64
        while size < 4 * count { size *= 2 }
        return size
    }

    /// The high bits of a product with the golden ratio: numbers that follow each other are spread (Knuth 6.4).
    private static func cell(_ number: UInt32, _ size: Int) -> Int {
        Int(number &* 0x9E37_79B9) >> 8 & (size - 1)
    }
}
