import Foundation
import Synchronization

/// Why output could not be written.
package enum OutputFailure: Error, Sendable, Equatable {
    /// The reader has gone, as `| head` does; not worth a word.
    case brokenPipe
    /// The system refused, for example because a disk is full.
    case failed(String)
}

/// Buffered text output. Lines printed by several tasks stay whole; their order is that of the calls.
package final class OutputChannel: Sendable {
    private let buffer = Mutex<[UInt8]>([])
    private let write: @Sendable ([UInt8]) throws(OutputFailure) -> Void
    private let hasReader: @Sendable () -> Bool
    private let limit: Int

    /// Output that `write` takes away whenever more than `limit` bytes have come together, and at ``flush()``.
    /// `hasReader` tells without writing anything whether a write could succeed.
    package init(
        limit: Int = 64 * 1024, hasReader: @escaping @Sendable () -> Bool = { true },
        write: @escaping @Sendable ([UInt8]) throws(OutputFailure) -> Void
    ) {
        self.limit = limit
        self.hasReader = hasReader
        self.write = write
    }

    /// Output to an open file descriptor, which is not closed.
    package static func descriptor(_ descriptor: Int32, limit: Int = 64 * 1024) -> OutputChannel {
        let hasReader: @Sendable () -> Bool = {
            // A pipe whose other end is closed reports an error whatever was asked for (poll(2)).
            var state = pollfd(fd: descriptor, events: 0, revents: 0)
            return Foundation.poll(&state, 1, 0) <= 0 || state.revents & Int16(POLLERR) == 0
        }
        return OutputChannel(limit: limit, hasReader: hasReader) { bytes throws(OutputFailure) in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
                if written >= 0 {
                    rest = rest.dropFirst(written)
                } else if errno == EPIPE {
                    throw .brokenPipe
                } else if errno == EAGAIN {
                    var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = Foundation.poll(&poll, 1, -1)
                } else if errno != EINTR {
                    throw .failed(String(cString: strerror(errno)))
                }
            }
        }
    }

    /// Adds the text and a line end.
    package func line(_ text: String) throws(OutputFailure) {
        try add(Array(text.utf8) + [UInt8(ascii: "\n")])
    }

    /// Adds bytes as they are.
    package func add(_ bytes: [UInt8]) throws(OutputFailure) {
        try buffer.withLock { buffer throws(OutputFailure) in
            buffer.append(contentsOf: bytes)
            if buffer.count > limit { try Self.drain(&buffer, write) }
        }
    }

    /// Writes out what has come together.
    package func flush() throws(OutputFailure) {
        try buffer.withLock { buffer throws(OutputFailure) in try Self.drain(&buffer, write) }
    }

    /// Throws ``OutputFailure/brokenPipe`` when the reader has gone, though nothing is to be written.
    package func checkReader() throws(OutputFailure) {
        guard hasReader() else { throw .brokenPipe }
    }

    private static func drain(
        _ buffer: inout [UInt8], _ write: ([UInt8]) throws(OutputFailure) -> Void
    ) throws(OutputFailure) {
        guard !buffer.isEmpty else { return }
        let bytes = buffer
        buffer = []
        try write(bytes)
    }
}
