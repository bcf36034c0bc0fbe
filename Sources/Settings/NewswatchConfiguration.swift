import Alerting
import Scheduling
import Stories

/// What happens to the developments found when a feed answers for the first time.
package enum FirstContact: String, Sendable, CaseIterable {
    /// One digest for each topic.
    case digest
    /// Alerts, as for any other entry.
    case alert
    /// Stored only.
    case silent
}

/// All settings of the daemon, checked, with every path as it is to be opened.
package struct NewswatchConfiguration: Sendable {
    /// `[database] path`.
    package var databasePath: String
    /// `[database] retain`: how long entries are kept; developments stay.
    package var retain: Duration
    /// `[control] socket`.
    package var socketPath: String
    /// `[poll]` as far as it decides when a feed is polled.
    package var poll: PollPolicy
    /// `[poll] contact`: where a publisher reaches whoever runs this daemon; part of the User-Agent.
    package var contact: String?
    /// `[poll] allow_networks`: private networks that feeds may be fetched from, in CIDR notation.
    package var allowNetworks: [String]
    /// `[poll] proxy`.
    package var proxy: String?
    /// `[stories] copy_window`: age at which an entry leaves the copy index.
    package var copyWindow: Duration
    /// `[stories] first_contact`.
    package var firstContact: FirstContact
    /// `[topics] profiles`, in order; never empty.
    package var profiles: [TopicProfile]
    /// `[stories] lexicon`.
    package var lexicon: Lexicon
    /// `[[feed]]` in order, then the feeds of `[feeds] opml`; no address twice.
    package var feeds: [ConfiguredFeed]
    /// Where each of ``feeds`` is configured, by its address. Apart from the feed itself, which stays the same
    /// when it moves to another line.
    package var feedOrigins: [String: FeedOrigin]
    /// `[feeds] opml`, resolved.
    package var feedLists: [String]
    /// `[[sink]]` in order; no name twice.
    package var sinks: [SinkConfiguration]

    /// How long entries are really kept: never less than the copy window, which the engine's memory is rebuilt from.
    package var keptFor: Duration { max(retain, copyWindow) }
}

/// One feed to poll.
package struct ConfiguredFeed: Sendable, Hashable {
    /// Name and value of a request header.
    package struct Header: Sendable, Hashable {
        /// As it is sent.
        package var name: String
        /// As it is sent.
        package var value: String

        /// Both parts.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Credentials of HTTP basic authentication.
    package struct Credentials: Sendable, Hashable {
        /// Without a colon.
        package var user: String
        /// File whose first line is the password.
        package var passwordFile: String

        /// Both parts.
        package init(user: String, passwordFile: String) {
            self.user = user
            self.passwordFile = passwordFile
        }
    }

    /// http or https, as written.
    package var url: String
    /// Name for people; nil: the feed's own title.
    package var name: String?
    /// Fixed first interval, 1 s at least; nil: `[poll] interval`.
    package var interval: Duration?
    /// Whether the feed may stand on a private, loopback or link-local address.
    package var allowPrivate: Bool
    /// Sent with every request for this feed.
    package var headers: [Header]
    /// Sent with every request for this feed.
    package var credentials: Credentials?
    /// Limit of a whole request; nil: 60 s.
    package var timeout: Duration?

    /// A feed; what is left out has its default.
    package init(
        url: String, name: String? = nil, interval: Duration? = nil, allowPrivate: Bool = false,
        headers: [Header] = [], credentials: Credentials? = nil, timeout: Duration? = nil
    ) {
        self.url = url
        self.name = name
        self.interval = interval
        self.allowPrivate = allowPrivate
        self.headers = headers
        self.credentials = credentials
        self.timeout = timeout
    }
}
