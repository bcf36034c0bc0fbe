import Scheduling

/// Reads `[poll]`.
enum PollReader {
    struct Settings {
        var policy: PollPolicy
        var contact: String?
        var allowNetworks: [String] = []
        var proxy: String?
    }

    /// Intervals from 1 s, the shortest a feed may have, to 30 days.
    static let intervals = Duration.seconds(1)...Duration.seconds(30 * 86_400)

    static func read(_ root: inout TableReader) -> Settings {
        guard var table = root.table("poll") else {
            return Settings(policy: policy(nil, nil, nil, hostGap: nil, concurrency: nil))
        }
        let interval = table.duration("interval", in: intervals)
        let minimum = table.duration("min_interval", in: intervals)
        let maximum = table.duration("max_interval", in: intervals)
        checkOrder(table, [("min_interval", minimum), ("interval", interval), ("max_interval", maximum)])
        let hostGap = table.duration("host_gap", in: .zero...(.seconds(3600)))
        let concurrency = table.integer("concurrency", in: 1...4096)
        let settings = Settings(
            policy: policy(interval, minimum, maximum, hostGap: hostGap, concurrency: concurrency),
            contact: contact(&table), allowNetworks: networks(&table), proxy: proxy(&table))
        table.finish(elsewhere: KeyHomes.home(of:))
        return settings
    }

    /// A bound that the file leaves out makes room for those it gives: `interval = "2s"` alone polls every
    /// two seconds, although the default of `min_interval` is longer.
    private static func policy(
        _ interval: Duration?, _ minimum: Duration?, _ maximum: Duration?, hostGap: Duration?,
        concurrency: Int?
    ) -> PollPolicy {
        let given: [Duration] = [interval, minimum, maximum].compactMap { $0 }
        let low = minimum ?? given.reduce(ConfigurationDefaults.minInterval, min)
        let high = maximum ?? given.reduce(ConfigurationDefaults.maxInterval, max)
        return PollPolicy(
            interval: interval ?? min(max(ConfigurationDefaults.interval, low), max(low, high)),
            minInterval: low,
            maxInterval: max(low, high), hostGap: hostGap ?? ConfigurationDefaults.hostGap,
            concurrency: concurrency ?? ConfigurationDefaults.concurrency)
    }

    private static func checkOrder(_ table: TableReader, _ bounds: [(key: String, value: Duration?)]) {
        let given = bounds.compactMap { bound in bound.value.map { (bound.key, $0) } }
        for (lower, upper) in zip(given, given.dropFirst()) where lower.1 > upper.1 {
            guard let item = table.table[upper.0] else { continue }
            table.fault(
                item.position,
                "\(upper.0) is \(DurationText.text(upper.1)), must not be below \(lower.0), "
                    + DurationText.text(lower.1))
        }
    }

    private static func contact(_ table: inout TableReader) -> String? {
        guard let contact = table.text("contact") else { return nil }
        let visible = contact.value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x28 && $0 != 0x29 }
        let isMail = contact.value.contains("@") && !contact.value.contains("/")
        guard visible, isMail || WebAddress.fault(in: contact.value) == nil else {
            table.fault(contact.position, "contact must be the URL of a page or a mail address")
            return nil
        }
        return contact.value
    }

    private static func networks(_ table: inout TableReader) -> [String] {
        (table.strings("allow_networks") ?? []).compactMap { network in
            if NetworkRange.isValid(network.value) { return network.value }
            table.fault(
                network.position,
                "allow_networks: \"\(network.value)\" is not a network such as \"127.0.0.0/8\" or \"fd00::/8\""
            )
            return nil
        }
    }

    private static func proxy(_ table: inout TableReader) -> String? {
        guard let proxy = table.text("proxy") else { return nil }
        let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]
        if let wrong = WebAddress.fault(in: proxy.value, schemes: schemes) {
            table.fault(proxy.position, "proxy \"\(WebAddress.withoutCredentials(proxy.value))\" \(wrong)")
            return nil
        }
        return proxy.value
    }
}
