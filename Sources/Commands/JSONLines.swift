import ControlProtocol
import Foundation

/// The lines of a file with one JSON object per line; blank lines are skipped but counted.
struct JSONLines: Sequence, IteratorProtocol {
    struct Line {
        /// From 1.
        let number: Int
        let bytes: Data

        /// Throws `DecodingError` only.
        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            try ControlCoding.decoder().decode(type, from: bytes)
        }
    }

    private let data: Data
    private var position: Data.Index
    private var number = 0

    init(_ data: Data) {
        self.data = data
        position = data.startIndex
    }

    mutating func next() -> Line? {
        while position < data.endIndex {
            let rest = data[position...]
            // Not `firstIndex(of:)`, which asks the storage anew for every byte: half the time of a run.
            let length = rest.withUnsafeBytes { bytes in
                bytes.baseAddress.flatMap { start in
                    memchr(start, Int32(UInt8(ascii: "\n")), bytes.count).map { UnsafeRawPointer($0) - start }
                }
            }
            let end = length.map { position + $0 } ?? data.endIndex
            let line = data[position..<end]
            position = end < data.endIndex ? data.index(after: end) : end
            number += 1
            if line.contains(where: { $0 > 0x20 }) { return Line(number: number, bytes: line) }
        }
        return nil
    }
}
