import Foundation

/// The line for people that an alert becomes in format `text`.
package enum AlertText {
    /// Headlines that a digest's line holds; the others are counted.
    static let digestHeadlines = 8

    /// One line without a newline at the end. Fields end at ` · `, which no field holds.
    package static func line(of alert: Alert) -> String {
        switch alert.content {
        case .development(let development): line(of: development)
        case .digest(let digest): line(of: digest, in: alert)
        case .test(let message):
            "\(Timestamp.text(alert.timestamp)) TEST  \(LineText.field(message)) · \(LineText.field(alert.id))"
        }
    }

    private static func line(of development: AlertedDevelopment) -> String {
        let label = development.late ? "LATE" : "NEW"
        let time = Timestamp.text(development.firstPublished)
        let head =
            "\(time) \(label) \(LineText.field(development.kind))  \(LineText.field(development.headline))"
        var fields = [head]
        if let source = development.sources.first {
            let language = source.lang.map { " (\(LineText.field($0)))" } ?? ""
            fields.append(LineText.field(source.outlet) + language)
            if let url = source.url { fields.append(LineText.address(url)) }
        }
        if development.corroboration > 1 { fields.append("\(development.corroboration) outlets") }
        fields.append("\(LineText.field(development.id)) \(development.confidence.rawValue)")
        return fields.joined(separator: " · ")
    }

    private static func line(of digest: AlertDigest, in alert: Alert) -> String {
        let count = digest.developments.count
        let noun = count == 1 ? "development" : "developments"
        let reason =
            switch digest.reason {
            case .firstContact: "already known"
            case .late: "while newswatch was not running"
            }
        let time = Timestamp.text(alert.timestamp)
        var fields = ["\(time) DIGEST \(LineText.field(digest.topic))  \(count) \(noun) \(reason)"]
        fields += digest.developments.prefix(digestHeadlines).map { development in
            "\(Timestamp.text(development.firstPublished).prefix(10)) \(LineText.field(development.headline))"
        }
        if count > digestHeadlines { fields.append("and \(count - digestHeadlines) more") }
        fields.append(LineText.field(alert.id))
        return fields.joined(separator: " · ")
    }
}
