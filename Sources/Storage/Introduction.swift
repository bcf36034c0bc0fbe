import Stories

/// How far a topic's first digest, or the one after an outage, has come. Stored with the entries that change it.
package struct Introduction: Sendable, Equatable {
    /// The topic's first digest has been sent, or found to have nothing to say.
    package var isDone = false
    /// Late alerts sent one by one since the last digest.
    package var lateAlerts = 0
    /// Developments that wait for the next digest, in the order in which they were opened.
    package var pending: [DevelopmentID] = []

    /// A topic that nothing was said about yet.
    package init() {}
}
