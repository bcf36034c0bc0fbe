import Foundation

/// The line for people that an alert becomes in format `text`.
package enum AlertText {
    /// Headlines that a digest's line holds; the others are counted.
    static let digestHeadlines = 8

    /// One line without a newline at the end. Fields end at ` · `, which no field holds. The policy's languages decide
    /// which headlines have a gloss.
    package static func line(of alert: Alert, readBy policy: SinkPolicy = SinkPolicy()) -> String {
        switch alert.content {
        case .development(let development):
            line(of: development, policy, label: development.late ? "LATE" : "NEW")
        case .digest(let digest): line(of: digest, policy, in: alert)
        case .update(let update): line(of: update.development, policy, label: "UPDATE", news: update.news)
        case .correction(let correction):
            line(of: correction.development, policy, label: "CORRECTION", news: correction.correction)
        case .feed(let notice):
            line(alert, "FEED \(notice.event.rawValue)", notice.name ?? notice.feed, notice.message)
        case .service(let notice):
            line(alert, "SERVICE \(notice.subject.rawValue)", notice.name, notice.message)
        case .heartbeat(let heartbeat): line(alert, "HEARTBEAT", heartbeat.sentence)
        case .test(let message): line(alert, "TEST", message)
        }
    }

    private static func line(_ alert: Alert, _ label: String, _ sentences: String...) -> String {
        let fields = sentences.map(LineText.field) + [LineText.field(alert.id)]
        return "\(Timestamp.text(alert.timestamp)) \(label)  " + fields.joined(separator: " · ")
    }

    private static func line(
        of development: AlertedDevelopment, _ policy: SinkPolicy, label: String, news: String? = nil
    ) -> String {
        let time = Timestamp.text(development.firstPublished)
        let head =
            "\(time) \(label) \(LineText.field(development.kind))  \(LineText.field(development.headline))"
        var fields = [head]
        if let gloss = development.gloss(for: policy) { fields.append(LineText.field(gloss)) }
        if let news { fields.append(LineText.field(news)) }
        if let source = development.sources.first {
            let language = source.lang.map { " (\(LineText.field($0)))" } ?? ""
            fields.append(LineText.field(source.outlet) + language)
            if let url = source.url { fields.append(LineText.address(url)) }
        }
        if development.corroboration > 1 { fields.append("\(development.corroboration) outlets") }
        fields.append("\(LineText.field(development.id)) \(development.confidence.rawValue)")
        return fields.joined(separator: " · ")
    }

    private static func line(of digest: AlertDigest, _ policy: SinkPolicy, in alert: Alert) -> String {
        let count = digest.developments.count
        let time = Timestamp.text(alert.timestamp)
        var fields = ["\(time) DIGEST \(LineText.field(digest.topic))  \(digest.summary)"]
        fields += digest.developments.prefix(digestHeadlines).map { $0.datedHeadline(for: policy) }
        if count > digestHeadlines { fields.append("and \(count - digestHeadlines) more") }
        fields.append(LineText.field(alert.id))
        return fields.joined(separator: " · ")
    }
}
