/// Something about newswatch itself that an operator should know of.
package struct ServiceNotice: Sendable, Hashable, Codable {
    /// What it concerns.
    package enum Subject: String, Sendable, Codable, CaseIterable {
        /// The database.
        case storage
        /// A sink.
        case sink

        /// The type of the alert that tells of it.
        package var alertType: AlertType {
            switch self {
            case .storage: .serviceStorage
            case .sink: .serviceSink
            }
        }
    }

    /// How it stands.
    package enum State: String, Sendable, Codable, CaseIterable {
        /// It does not do its work.
        case failing
        /// It does its work again.
        case recovered
    }

    /// What it concerns.
    package var subject: Subject
    /// How it stands.
    package var state: State
    /// Name of the sink, or path of the database.
    package var name: String
    /// One sentence: what is wrong, and what will be done.
    package var message: String

    /// All parts.
    package init(subject: Subject, state: State, name: String, message: String) {
        self.subject = subject
        self.state = state
        self.name = name
        self.message = message
    }
}
