/// What was met in each window.
struct KillCount {
    struct Row {
        /// The daemon was killed.
        var hits = 0
        /// What the window waits for could not happen any more: all was stored and told.
        var missed = 0
        /// Of the hits, those in which not all that was published was stored.
        var beforeCommit = 0
        /// Alerts that the receiver had or could have had, not noted as delivered at the kill.
        var unacknowledged = 0
    }

    private(set) var rows: [KillWindow: Row] = [:]
    /// Webhook requests beyond the first of their alert.
    var repeats = 0

    var hits: Int { rows.values.reduce(0) { $0 + $1.hits } }

    func hits(_ window: KillWindow) -> Int { rows[window, default: Row()].hits }

    mutating func missed(_ window: KillWindow) { rows[window, default: Row()].missed += 1 }

    mutating func hit(_ window: KillWindow, remains: Remains, published: Int) {
        rows[window, default: Row()].hits += 1
        if remains.entries < published { rows[window, default: Row()].beforeCommit += 1 }
        rows[window, default: Row()].unacknowledged += remains.pending["hook", default: []].count
    }

    /// A line for each window.
    var table: String {
        let head = ["window", "kills", "before commit", "unacknowledged", "missed"]
        let lines = KillWindow.allCases.map { window in
            let row = rows[window, default: Row()]
            return [window.rawValue]
                + [row.hits, row.beforeCommit, row.unacknowledged, row.missed].map(String.init)
        }
        return ([head] + lines).map { cells in
            cells.enumerated().map { index, cell in
                let gap = String(repeating: " ", count: max(0, (index == 0 ? 16 : 15) - cell.count))
                return index == 0 ? cell + gap : gap + cell
            }.joined()
        }.joined(separator: "\n")
    }
}
