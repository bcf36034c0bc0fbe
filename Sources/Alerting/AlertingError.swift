/// Why alerts cannot be composed, signed or sent as configured.
package struct AlertingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What to switch on.
    package enum Code: Sendable, Equatable {
        /// A secret is missing or malformed. The message never holds it.
        case secret
        /// A file could not be opened, read or written.
        case file
        /// libcrypto refused to work.
        case crypto
        /// The address of a receiver lacks what its format needs. The message says what, and does not repeat it.
        case address
        /// An alert could not be encoded or decoded.
        case payload
    }

    /// What kind of failure.
    package var code: Code
    /// One line for people.
    package var message: String

    /// Both parts.
    package init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
