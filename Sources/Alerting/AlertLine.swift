/// An alert as the line that sinks of lines write.
enum AlertLine {
    /// The line with its newline. It depends on the payload and the sink alone, so that a retry writes the same bytes.
    static func bytes(of alert: PendingAlert, format: AlertFormat, policy: SinkPolicy) throws(AlertingError)
        -> [UInt8]
    {
        switch format {
        case .text:
            Array((AlertText.line(of: try AlertJSON.alert(from: alert.payload), readBy: policy) + "\n").utf8)
        // No sink of lines has the others: the configuration refuses them.
        case .json, .slack, .discord, .ntfy, .matrix, .teams: Array((alert.payload + "\n").utf8)
        }
    }
}
