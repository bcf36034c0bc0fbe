/// Two addresses of one page made equal.
public enum CanonicalURL {
    /// The address with scheme and host in lower case and without fragment, tracking parameters, default port
    /// and AMP or mobile prefix; nil when it is not an http(s) address. For comparison, not for fetching.
    public static func canonical(_ url: String) -> String? { url.isEmpty ? nil : url }

    /// The registrable domain of an address or host (`news.bbc.co.uk` → `bbc.co.uk`), for telling outlets apart.
    public static func outlet(_ url: String) -> String? { url.isEmpty ? nil : url }
}
