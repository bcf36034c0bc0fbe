/// What reading the whole database found.
package struct DatabaseCheckDocument: Codable, Sendable, Equatable {
    /// Path of the database.
    package var database: String
    /// One sentence each; none when it is sound.
    package var faults: [String]

    /// The result of one check.
    package init(database: String, faults: [String]) {
        self.database = database
        self.faults = faults
    }
}
