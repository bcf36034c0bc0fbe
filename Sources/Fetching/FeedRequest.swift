/// One poll of one feed.
package struct FeedRequest: Sendable {
    /// The feed's address as configured. What secrets there are, in it or in ``headers``, belong to its host.
    package var url: String
    /// Where it has permanently moved to, as an earlier poll told; asked instead of ``url``.
    package var movedTo: String?
    /// Of the last whole document; nil asks for everything. They belong to the address asked first.
    package var validators: Validators?
    /// The configuration's own fields, credentials among them: never sent to another host.
    package var headers: [(name: String, value: String)] = []
    /// What the poll may cost; the total is for all redirects together.
    package var limits = TransferLimits.standard
    /// Whether any address may be asked.
    package var allowPrivate = false
    /// Private networks that may be asked, in CIDR notation.
    package var allowNetworks: [String] = []
    /// See ``HTTPRequest/proxy``.
    package var proxy: String?
    /// Whether other feeds of this host will soon be asked too.
    package var keepsConnection = false
    /// See ``HTTPRequest/certificateAuthority``.
    package var certificateAuthority: String?
    /// See ``HTTPRequest/clientCertificate``; shown to the feed's own host only.
    package var clientCertificate: String?

    /// An unconditional poll with the default limits.
    package init(url: String, validators: Validators? = nil) {
        self.url = url
        self.validators = validators
    }
}
