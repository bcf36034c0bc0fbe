/// Tells in which table of `newswatchd.toml` a key is known: a key below the wrong header is the commonest
/// slip in TOML, where a header holds until the next one.
enum KeyHomes {
    private static let keys: [(table: String, keys: Set<String>)] = [
        ("[database]", ["path", "retain"]),
        ("[control]", ["socket"]),
        (
            "[poll]",
            [
                "min_interval", "max_interval", "host_gap", "concurrency", "contact", "allow_networks",
                "proxy",
                "interval",
            ]
        ),
        ("[stories]", ["copy_window", "first_contact", "lexicon"]),
        ("[topics]", ["profiles"]),
        ("[feeds]", ["opml"]),
        ("[[feed]]", ["headers", "user", "password_file", "timeout"]),
        (
            "[[sink]]",
            [
                "type", "format", "secret_file", "command", "kinds", "min_confidence", "min_corroboration",
                "languages",
                "quiet_hours", "rate", "updates", "heartbeat",
            ]
        ),
    ]

    /// The table that `key` belongs in; nil for a key that no table knows or that several tables share.
    static func home(of key: String) -> String? {
        keys.first { $0.keys.contains(key) }?.table
    }
}
