import Stories

extension EntryNumber {
    /// The name by which users know the entry: in alerts, on the control socket, for `explain`.
    package var publicID: String { "entry_\(rawValue)" }
}
