/// An alert as the line that sinks of lines write.
enum AlertLine {
    /// The line with its newline. It depends on the payload alone, so that a retry writes the same bytes.
    static func bytes(of alert: PendingAlert, format: AlertFormat) throws(AlertingError) -> [UInt8] {
        switch format {
        case .text: Array((AlertText.line(of: try AlertJSON.alert(from: alert.payload)) + "\n").utf8)
        // What is not for sinks of lines is for programs, which read JSON.
        case .json, .slack, .discord, .ntfy, .matrix, .teams: Array((alert.payload + "\n").utf8)
        }
    }
}
