/// An error as `application/problem+json` (RFC 9457).
package struct ProblemDocument: Codable, Sendable, Equatable, Error, CustomStringConvertible {
    /// The media type of the document.
    package static let contentType = "application/problem+json"

    /// `about:blank`: the status says what kind of problem it is (RFC 9457, section 4.2.1).
    package var type: String
    /// The status in words, for example `Not Found`.
    package var title: String
    /// The HTTP status, 400…599.
    package var status: Int
    /// What is wrong with this request, and what to do, in one line.
    package var detail: String
    /// Extension member: every fault of a configuration that was refused, as `FILE:LINE:COLUMN: what`. Left out of
    /// all other problems.
    package var faults: [String]?

    /// A problem of the type `about:blank`.
    package init(status: Int, title: String, detail: String, faults: [String]? = nil) {
        self.type = "about:blank"
        self.title = title
        self.status = status
        self.detail = detail
        self.faults = faults
    }

    /// `404 Not Found: …`, on one line.
    package var description: String { "\(status) \(title): \(detail)" }
}
