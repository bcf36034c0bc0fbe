internal import CCurl

/// Where libcurl looks for the certificates that it trusts.
package enum TrustStore {
    /// The file and the folder that were compiled in; libcurl reads no environment (curl(1) alone obeys
    /// `SSL_CERT_FILE`).
    package static var locations: [String] {
        guard let information = ccurl_version_information() else { return [] }
        return [information.pointee.cainfo, information.pointee.capath].compactMap { $0 }.map {
            String(cString: $0)
        }
    }
}
