import Glibc

/// write(2) with its errors as text, and without waiting for ever.
enum LineWriter {
    /// What poll(2) reports as room in a pipe is room for at least this much (PIPE_BUF, pipe(7)).
    private static let pieceBytes = 4096
    /// How often a writer that waits for room looks whether its task was cancelled.
    private static let patienceMilliseconds: Int32 = 100

    /// Writes all of `bytes`; nil when done, else what went wrong. A part may have been written. A reader that
    /// stalls holds it up until the task is cancelled.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> String? {
        bytes.withUnsafeBytes { buffer -> String? in
            var offset = 0
            while offset < buffer.count {
                if let reason = waitForRoom(descriptor) { return reason }
                let count = min(buffer.count - offset, pieceBytes)
                let written = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), count)
                if written >= 0 {
                    offset += written
                } else if errno != EINTR, errno != EAGAIN {
                    return reason()
                }
            }
            return nil
        }
    }

    /// The text of `errno`.
    static func reason() -> String {
        String(cString: strerror(errno))
    }

    private static func waitForRoom(_ descriptor: Int32) -> String? {
        while !Task.isCancelled {
            var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            let ready = Glibc.poll(&poll, 1, patienceMilliseconds)
            // Errors of the descriptor are write(2)'s to report.
            if ready > 0 { return nil }
            if ready < 0, errno != EINTR { return reason() }
        }
        return "cancelled"
    }
}
