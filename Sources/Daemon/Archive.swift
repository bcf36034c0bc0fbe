import Foundation

/// A file of archive items in the order in which the engine gets them.
package struct Archive: Sendable {
    /// A line that cannot be used; the others still are.
    package struct Fault: Error, Sendable, CustomStringConvertible {
        /// `FILE:LINE`.
        package var place: String
        /// What is wrong with it.
        package var reason: String

        package var description: String { "\(place): \(reason)" }
    }

    /// Items by `published`, then as in the file; an item without a date follows the line before it.
    package private(set) var items: [ArchiveItem]
    /// Lines that were left out.
    package private(set) var faults: [Fault]

    /// A line may have this many bytes.
    package static let maximumLineBytes = 16 * 1024 * 1024

    /// Reads JSON Lines. `name` stands in the faults' places.
    package init(jsonLines data: Data, name: String) {
        var faults: [Fault] = []
        var dated: [(time: Date, item: ArchiveItem)] = []
        var previous = Date.distantPast
        let decoder = JSONDecoder()
        let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let place = "\(name):\(index + 1)"
            guard line.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }) else {
                continue
            }
            guard line.count <= Self.maximumLineBytes else {
                faults.append(Fault(place: place, reason: "longer than \(Self.maximumLineBytes) bytes"))
                continue
            }
            do {
                let item = try decoder.decode(ArchiveItem.self, from: Data(line))
                previous = item.published ?? previous
                dated.append((previous, item))
            } catch {
                faults.append(Fault(place: place, reason: Self.reason(error)))
            }
        }
        let order = dated.indices.sorted { (dated[$0].time, $0) < (dated[$1].time, $1) }
        items = order.map { dated[$0].item }
        self.faults = faults
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "the key “\(key.stringValue)” is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "“\(context.codingPath.map(\.stringValue).joined(separator: "."))” has the wrong type"
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            "“\(context.codingPath.map(\.stringValue).joined(separator: "."))”: \(context.debugDescription)"
        default: "not a JSON object"
        }
    }
}
