/// What makes the next request conditional. Only those of a whole document may be kept.
package struct Validators: Sendable, Codable, Equatable {
    /// `ETag` as received, `W/` and quotes included.
    package var etag: String?
    /// `Last-Modified` as received: sent back as it is, never parsed and printed again.
    package var lastModified: String?
    /// ``BodyHash`` of the decoded body.
    package var bodyHash: UInt64?

    /// Leave out what is not known.
    package init(etag: String? = nil, lastModified: String? = nil, bodyHash: UInt64? = nil) {
        self.etag = etag
        self.lastModified = lastModified
        self.bodyHash = bodyHash
    }

    /// The request fields: both, where both are known, as RFC 9110 section 13.1 lets a server choose.
    var fields: [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        if let etag { fields.append(("If-None-Match", etag)) }
        if let lastModified { fields.append(("If-Modified-Since", lastModified)) }
        return fields
    }
}
