import ControlProtocol
import Foundation

/// Hands an export on as it comes, and looks at its last line.
actor ExportSink {
    /// More than the last line has.
    private static let tailBytes = 512

    private let write: @Sendable ([UInt8]) throws -> Void
    private var tail: [UInt8] = []

    init(_ write: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.write = write
    }

    /// Takes the next bytes.
    func take(_ bytes: [UInt8]) throws {
        try write(bytes)
        tail = Array((tail + bytes.suffix(Self.tailBytes)).suffix(Self.tailBytes))
    }

    /// What the last line says is in the export. Throws ``CommandFailure`` when it is not there.
    func summary() throws -> ExportLine.Summary {
        let line = Data(tail.split(separator: UInt8(ascii: "\n")).last ?? [])
        do {
            return try ControlCoding.decoder().decode(ExportLine.Summary.self, from: line)
        } catch is DecodingError {
            throw CommandFailure(.inputOutput, "the export has no last line: it was cut; try again")
        }
    }
}
