/// Why a poll brought nothing.
package struct FetchFailure: Sendable, Equatable, CustomStringConvertible {
    /// The status of the last answer; nil when there was none.
    package var status: Int?
    /// What went wrong on the way; nil when the status alone is the reason.
    package var error: TransferError?

    /// One of the two, or both.
    package init(status: Int? = nil, error: TransferError? = nil) {
        self.status = status
        self.error = error
    }

    /// One line, without the feed's address, which whoever prints it knows.
    package var description: String {
        if let error { return error.reason }
        guard let status else { return "no answer" }
        let meaning =
            switch status {
            case 204, 205: " (no content)"
            case 206: " (part of a document, which was not asked for)"
            case 304: " (not modified, although everything was asked for)"
            case 401: " (it wants a password)"
            case 403: " (forbidden)"
            case 404: " (not found)"
            case 500...599: " (the server has a fault)"
            default: ""
            }
        return "HTTP \(status)\(meaning)"
    }
}
