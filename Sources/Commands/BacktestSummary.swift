import ControlProtocol
import Daemon

/// What `backtest` prints for people: the items that would have alerted, and the totals.
struct BacktestSummary {
    private var items = 0
    private var onTopic = 0
    private var copies = 0
    private var developments = 0

    /// Counts the item; its line when it opens something. `published` is its time as people read it.
    mutating func line(
        _ item: ArchiveItem, _ decision: BacktestDecision, published: String
    ) -> String? {
        items += 1
        if decision.onTopic { onTopic += 1 }
        if decision.nearDuplicateOf != nil || decision.decision == .duplicate { copies += 1 }
        developments += decision.newDevelopments.count
        guard !decision.newDevelopments.isEmpty else { return nil }
        let ids = decision.newDevelopments.joined(separator: " ")
        return "\(published)  \(PrintableText.line(item.title))  "
            + "\(PrintableText.line(item.source))  \(ids)"
    }

    /// For example `60 items: 44 on topic, 12 copies, 14 developments`.
    var total: String {
        "\(items) items: \(onTopic) on topic, \(copies) copies, \(developments) developments"
    }
}
