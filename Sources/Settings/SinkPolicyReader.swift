import Alerting
import Stories

/// Reads the keys of a `[[sink]]` that say what it is told, and when.
enum SinkPolicyReader {
    /// 1,000 outlets.
    private static let maxCorroboration: Int64 = 1000

    static func read(_ table: inout TableReader) -> SinkPolicy {
        var policy = SinkPolicy()
        policy.kinds = kinds(&table)
        if let confidence = table.choice("min_confidence", of: Confidence.self) {
            policy.minConfidence = confidence
        }
        if let outlets = table.integer("min_corroboration", in: 1...maxCorroboration) {
            policy.minCorroboration = outlets
        }
        if let languages = languages(&table) { policy.languages = languages }
        policy.updates = table.boolean("updates") ?? false
        policy.quietHours = quietHours(&table)
        policy.rate = rate(&table)
        policy.heartbeat = table.duration("heartbeat", in: .seconds(60)...(.seconds(30 * 86_400)))
        return policy
    }

    private static func kinds(_ table: inout TableReader) -> Set<String>? {
        guard let words = table.strings("kinds") else { return nil }
        for word in words where !SinkPolicy.knownKinds.contains(word.value) {
            let meant = NearestKey.meant(by: word.value, among: SinkPolicy.knownKinds)
            let hint = meant.map { "did you mean \"\($0)\"?" } ?? "docs/alerts.md lists them"
            table.fault(word.position, "kinds holds \"\(word.value)\", which is no kind (\(hint))")
        }
        return Set(words.map(\.value))
    }

    private static func languages(_ table: inout TableReader) -> [String]? {
        guard let words = table.strings("languages") else { return nil }
        for word in words where !isLanguage(word.value) {
            table.fault(
                word.position,
                "languages holds \"\(word.value)\", must hold tags such as \"en\" or \"zh-Hant\"")
        }
        return words.map(\.value)
    }

    /// Letters, digits and hyphens, the language first (RFC 5646).
    private static func isLanguage(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return (2...3).contains(parts.first?.count ?? 0)
            && parts.allSatisfy { part in
                (1...8).contains(part.utf8.count)
                    && part.utf8.allSatisfy { byte in
                        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                            || (0x61...0x7A).contains(byte)
                    }
            }
    }

    private static func quietHours(_ table: inout TableReader) -> QuietHours? {
        guard let text = table.text("quiet_hours") else { return nil }
        if let hours = QuietHours(text.value) { return hours }
        table.fault(
            text.position,
            "quiet_hours is \"\(text.value)\", must be such as \"22:00-07:00\" or \"22:00-07:00 Europe/Paris\""
        )
        return nil
    }

    private static func rate(_ table: inout TableReader) -> AlertRate? {
        guard let text = table.text("rate") else { return nil }
        let parts = text.value.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2, let count = Int(parts[0]), let window = DurationText.parse(String(parts[1])),
            let rate = AlertRate(count: count, window: Double(window.components.seconds))
        {
            return rate
        }
        table.fault(
            text.position,
            "rate is \"\(text.value)\", must be such as \"6/1h\": 1 to \(AlertRate.maxCount) alerts and a duration"
        )
        return nil
    }
}
