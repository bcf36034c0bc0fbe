/// What holds where the configuration says nothing; `docs/configuration.md` lists them for users.
package enum ConfigurationDefaults {
    /// Where the service's StateDirectory is.
    package static let databasePath = "/var/lib/newswatch/newswatch.db"
    /// 400 days, so that a story's anniversary still finds its first year.
    package static let retain = Duration.seconds(400 * 86_400)
    /// Where the service's RuntimeDirectory is.
    package static let socketPath = "/run/newswatch/control.sock"
    /// SwiftNIO binds no longer path, although `sun_path` of Linux would hold four bytes more (unix(7)).
    package static let maxSocketPathBytes = 103
    /// 15 minutes.
    package static let interval = Duration.seconds(15 * 60)
    /// 5 minutes.
    package static let minInterval = Duration.seconds(5 * 60)
    /// 24 hours.
    package static let maxInterval = Duration.seconds(24 * 3600)
    /// 1 second.
    package static let hostGap = Duration.seconds(1)
    /// Requests in flight.
    package static let concurrency = 64
    /// 30 days.
    package static let copyWindow = Duration.seconds(30 * 86_400)
    /// One digest for each topic.
    package static let firstContact = FirstContact.digest
}
