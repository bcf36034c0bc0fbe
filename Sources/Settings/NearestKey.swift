/// Finds what a mistyped word was meant to be.
package enum NearestKey {
    /// The known word that `word` was probably meant to be; nil when none is near.
    package static func meant(by word: String, among known: [String]) -> String? {
        guard let best = nearest(to: word, among: known), best.isSlip else { return nil }
        return best.key
    }

    /// The part of a fault's message that helps: the key meant, or at least the nearest one known there.
    static func hint(for key: String, known: [String]) -> String {
        guard let best = nearest(to: key, among: known) else { return "no key is known here" }
        return best.isSlip ? "did you mean \"\(best.key)\"?" : "nearest known key: \"\(best.key)\""
    }

    private static func nearest(to word: String, among known: [String]) -> (key: String, isSlip: Bool)? {
        let ranked = known.map { (distance(word, $0), $0) }
        // A third of the letters wrong is still a slip; more is another word.
        return ranked.min { $0 < $1 }.map { ($1, $0 <= max(1, max(word.count, $1.count) / 3)) }
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
