import Foundation
import Shingling

/// Everything that `StoryEngine.apply` needs to remember an entry. Storage keeps `encoded()` as an opaque
/// blob; applying
/// the changes of all entries in their order rebuilds the engine.
package struct Change: Sendable, Equatable {
    /// What one topic remembers of the entry.
    struct Topic: Sendable, Equatable {
        var topic: String
        var reading: ItemReading
        /// Developments that the entry carries, primary first.
        var parts: [Part]
        /// Whether what it says counts as told: copies and recaps tell nothing.
        var counts: Bool
    }

    /// One development that an entry carries.
    struct Part: Sendable, Equatable {
        var development: DevelopmentID
        /// Whether the entry opens it.
        var isOpened: Bool
        /// Places in `ItemReading.claims` of what belongs to it; empty for all.
        var claims: [Int] = []
    }

    /// Version byte of the encoding.
    package static let version: UInt8 = 3
    /// The first one whose readings have a figure, and the times that are stated among their terms.
    static let firstWithFigures: UInt8 = 3
    /// The first one, whose signatures were of version 1 without saying so.
    private static let firstVersion: UInt8 = 1

    /// The entry.
    package var entry: EntryNumber
    /// Engine time, to the millisecond.
    package var engineTime: Date
    /// Signatures of the whole text and of its head; absent when the entry does not enter the copy index.
    var signatures: CopySignatures?
    /// `MinHashSignature.version` when the signatures were made.
    var signatureVersion = MinHashSignature.version
    var topics: [Topic]

    /// Compact, deterministic bytes with a version in front.
    package func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(Self.version)
        writer.signed(entry.rawValue)
        writer.signed(Self.milliseconds(engineTime))
        writer.byte(signatures == nil ? 0 : signatureVersion)
        if let signatures {
            writer.fixed(signatures.whole.values)
            writer.fixed(signatures.lead.values)
        }
        writer.count(topics.count)
        for topic in topics {
            writer.text(topic.topic)
            topic.reading.encode(to: &writer)
            writer.count(topic.parts.count)
            for part in topic.parts {
                writer.text(part.development.rawValue)
                writer.byte(part.isOpened ? 1 : 0)
                writer.count(part.claims.count)
                for claim in part.claims { writer.count(claim) }
            }
            writer.byte(topic.counts ? 1 : 0)
        }
        return writer.bytes
    }

    /// Reads what `encoded()` wrote; throws `StoryFailure` for anything else.
    package init(decoding bytes: [UInt8]) throws(StoryFailure) {
        var reader = ByteReader(bytes)
        let version = try reader.byte()
        guard (Self.firstVersion...Self.version).contains(version) else { throw .unknownVersion(version) }
        entry = EntryNumber(rawValue: try reader.signed())
        engineTime = Self.date(milliseconds: try reader.signed())
        let signed = try reader.byte()
        if signed > 0 {
            signatureVersion = signed
            signatures = CopySignatures(whole: try Self.signature(&reader), lead: try Self.signature(&reader))
        }
        topics = []
        for _ in 0..<(try reader.count()) {
            let name = try reader.text()
            let reading = try ItemReading(from: &reader, version: version)
            var parts: [Part] = []
            for _ in 0..<(try reader.count()) {
                let id = DevelopmentID(rawValue: try reader.text())
                let isOpened = try reader.byte() == 1
                var claims: [Int] = []
                for _ in 0..<(try reader.count()) {
                    let place = try reader.varint()
                    guard place < UInt64(reading.claims.count) else {
                        throw .malformed("claim of a development")
                    }
                    claims.append(Int(place))
                }
                parts.append(Part(development: id, isOpened: isOpened, claims: claims))
            }
            let counts = try reader.byte() == 1
            topics.append(
                Topic(topic: name, reading: reading, parts: parts, counts: counts))
        }
        guard reader.isAtEnd else { throw .malformed("bytes after the end") }
    }

    init(entry: EntryNumber, engineTime: Date, signatures: CopySignatures?, topics: [Topic]) {
        self.entry = entry
        self.engineTime = Self.date(milliseconds: Self.milliseconds(engineTime))
        self.signatures = signatures
        self.topics = topics
    }

    private static func signature(_ reader: inout ByteReader) throws(StoryFailure) -> MinHashSignature {
        let values = try reader.fixed32(count: MinHashSignature.count)
        guard let signature = MinHashSignature(values: values) else { throw .malformed("signature") }
        return signature
    }

    /// Milliseconds since 1970; dates beyond ±300,000 years are held at that bound.
    static func milliseconds(_ date: Date) -> Int64 {
        let value = (date.timeIntervalSince1970 * 1000).rounded()
        guard value.isFinite else { return 0 }
        return Int64(min(max(value, -9e15), 9e15))
    }

    static func date(milliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
