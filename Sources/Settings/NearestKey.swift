/// Finds what a mistyped key was meant to be.
enum NearestKey {
    /// The part of a fault's message that helps: the key meant, or at least the nearest one known there.
    static func hint(for key: String, known: [String]) -> String {
        let ranked = known.map { (key: $0, distance: distance(key, $0)) }
            .sorted { ($0.distance, $0.key) < ($1.distance, $1.key) }
        guard let best = ranked.first else { return "no key is known here" }
        // A third of the letters wrong is still a slip; more is another word.
        if best.distance <= max(1, max(key.count, best.key.count) / 3) {
            return "did you mean \"\(best.key)\"?"
        }
        return "nearest known key: \"\(best.key)\""
    }

    /// Edits from one word to the other: insert, delete, replace, or swap two neighbours
    /// (optimal string alignment). Keys beyond 64 characters count as wholly different.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.unicodeScalars.prefix(65))
        let right = Array(right.unicodeScalars.prefix(65))
        guard left.count <= 64, right.count <= 64 else { return max(left.count, right.count) }
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var rows = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
        for column in 0...right.count { rows[0][column] = column }
        for row in 1...left.count {
            rows[row][0] = row
            for column in 1...right.count {
                let replaced = rows[row - 1][column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
                var best = min(rows[row - 1][column] + 1, rows[row][column - 1] + 1, replaced)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1]
                {
                    best = min(best, rows[row - 2][column - 2] + 1)
                }
                rows[row][column] = best
            }
        }
        return rows[left.count][right.count]
    }
}
