import ControlProtocol
import ControlServer
import Foundation
import Storage
import Synchronization

/// Everything that users know of a database as JSON Lines, one part in memory at a time.
package actor DatabaseExport: ControlStream {
    /// The journal of a database in use grows as long as an export of it is held, so a reader has this long.
    package static let timeLimit = Duration.seconds(3600)

    /// The reader took longer.
    package struct TooSlow: Error, CustomStringConvertible {
        package var description: String {
            "an export was not read within \(DatabaseExport.timeLimit.components.seconds / 60) minutes"
        }
    }

    private enum Step {
        case header, parts, done
    }

    /// One JSON object per line.
    package nonisolated let mediaType = MediaType.jsonLines
    /// Not known before the end.
    package nonisolated let length: Int? = nil

    private let export: NewsExport
    private let header: ExportLine.Header
    private let deadline = ContinuousClock.now + DatabaseExport.timeLimit
    private let onStop: @Sendable () -> Void
    private let isStopped: Atomic<Bool>
    private var summary = ExportLine.Summary()
    private var step = Step.header

    /// Begins an export of the database as it is at `now`. `onStop` is called when nobody reads it any more.
    package init(_ store: NewsStore, now: Date, onStop: @escaping @Sendable () -> Void = {}) throws {
        export = try store.export()
        header = ExportLine.Header(
            version: ExportLine.version, newswatch: NewswatchVersion.current,
            schema: try store.schemaVersion(), exported: now)
        self.onStop = onStop
        isStopped = Atomic(false)
    }

    /// The next lines. Throws a `StorageError`, ``TooSlow``, or `CancellationError` once stopped.
    package func next() async throws -> [UInt8]? {
        if isStopped.load(ordering: .acquiring) { throw CancellationError() }
        guard ContinuousClock.now < deadline else { throw TooSlow() }
        switch step {
        case .header:
            step = .parts
            return try ControlCoding.line(ExportLine.header(header))
        case .parts:
            if let part = try await export.next() { return try lines(of: part) }
            step = .done
            return try ControlCoding.line(ExportLine.summary(summary))
        case .done:
            return nil
        }
    }

    /// Ends it early.
    package nonisolated func stop() {
        isStopped.store(true, ordering: .releasing)
        onStop()
    }

    private func lines(of part: NewsExport.Part) throws -> [UInt8] {
        var bytes: [UInt8] = []
        switch part {
        case .entries(let entries):
            summary.entries += entries.count
            for entry in entries {
                bytes += try ControlCoding.line(ExportLine.entry(ExportLine.Entry(entry)))
                summary.decisions += entry.decisions.count
                for decision in entry.decisions {
                    bytes += try ControlCoding.line(
                        ExportLine.decision(
                            entry: entry.number.publicID, ExplanationDocument.TopicDecision(decision)))
                }
            }
        case .developments(let developments):
            summary.developments += developments.count
            for development in developments {
                bytes += try ControlCoding.line(ExportLine.development(DevelopmentDocument(development)))
            }
        }
        return bytes
    }
}

extension ExportLine.Entry {
    init(_ entry: NewsExport.Entry) {
        self.init(
            id: entry.number.publicID, first: entry.first.publicID, externalID: entry.externalID,
            feed: entry.feed, guid: entry.guid, outlet: entry.outlet, url: entry.url, lang: entry.language,
            title: entry.title, text: entry.text, published: entry.published, observed: entry.observed,
            duplicate: entry.isDuplicate, nearDuplicateOf: entry.nearDuplicateOf?.publicID,
            revisionOf: entry.revisionOf?.publicID)
    }
}
