import Glibc

/// write(2) and friends with their errors as text.
enum LineWriter {
    /// Writes all of `bytes`; nil when done, else what the system said. A part may have been written.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> String? {
        bytes.withUnsafeBytes { buffer -> String? in
            var offset = 0
            while offset < buffer.count {
                let written = Glibc.write(
                    descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                if written > 0 {
                    offset += written
                } else if written < 0, errno == EINTR {
                    continue
                } else if written < 0, errno == EAGAIN {
                    var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = Glibc.poll(&poll, 1, 1000)
                } else {
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
}
