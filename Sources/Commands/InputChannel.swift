import Foundation

/// What a verb may read from.
package struct InputChannel: Sendable {
    /// Whether somebody sits there who can be asked.
    package var isTerminal: Bool
    /// The next line without its end; nil at the end of the input.
    package var readLine: @Sendable () -> String?
    /// Everything that is left, or its first bytes where it has more than the given number.
    package var readAll: @Sendable (_ maximumBytes: Int) throws -> Data

    /// Input of the given parts.
    package init(
        isTerminal: Bool, readLine: @escaping @Sendable () -> String?,
        readAll: @escaping @Sendable (_ maximumBytes: Int) throws -> Data
    ) {
        self.isTerminal = isTerminal
        self.readLine = readLine
        self.readAll = readAll
    }

    /// Nothing.
    package static let empty = InputChannel(isTerminal: false, readLine: { nil }, readAll: { _ in Data() })

    /// An open file descriptor, which is not closed.
    package static func descriptor(_ descriptor: Int32) -> InputChannel {
        InputChannel(
            isTerminal: isatty(descriptor) == 1, readLine: { Self.line(from: descriptor) },
            readAll: { try Self.bytes(from: descriptor, maximum: $0) })
    }

    private static let pieceBytes = 64 << 10

    private static func bytes(from descriptor: Int32, maximum: Int) throws -> Data {
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        var bytes = Data()
        while bytes.count < maximum, let piece = try file.read(upToCount: pieceBytes), !piece.isEmpty {
            bytes += piece
        }
        return bytes.prefix(maximum)
    }

    /// A line longer than this is no answer to a question.
    private static let maxLineBytes = 4096

    /// Byte by byte, so that nothing behind the line is taken.
    private static func line(from descriptor: Int32) -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < maxLineBytes {
            let count = read(descriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
            if byte == UInt8(ascii: "\n") { break }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
