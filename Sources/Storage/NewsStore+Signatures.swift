import Foundation
import GRDB
import Stories

/// Bringing stored signatures to another version. `meta` remembers of which version all of them are.
extension NewsStore {
    private static let versionKey = "signature_version"
    /// Changes that one transaction rewrites: some ten milliseconds of work.
    private static let rewrittenAtOnce = 500

    /// The engine time of the newest entry if stored signatures may be of another version; nil if none can be.
    package func newestEngineTime(signedOtherwiseThan version: UInt8) throws -> Date? {
        let stored = try read { database in
            try database.first("SELECT value FROM meta WHERE key = ?", [Self.versionKey])?
                .decode(String.self, atIndex: 0)
        }
        if stored == String(version) { return nil }
        guard let newest = try read({ try $0.integer("SELECT max(engine_time) FROM entries") }) else {
            try write { try setSignatureVersion(version, in: $0) }
            return nil
        }
        return Date(timeIntervalSince1970: Double(newest) / 1000)
    }

    /// Replaces every stored change by what `body` makes of it and of its entry's text, where that is not nil; then
    /// remembers that all signatures are of `version`. Interrupted, it begins again the next time.
    package func rewriteChanges(
        signatureVersion version: UInt8, _ body: (_ change: [UInt8], _ text: StoredText?) throws -> [UInt8]?
    ) throws {
        var last: Int64? = 0
        while let first = last {
            last = try write { database in
                let rows = try database.all(
                    """
                    SELECT c.entry, c.change, e.title, t.text
                    FROM changes c JOIN entries e ON e.number = c.entry LEFT JOIN texts t ON t.entry = c.entry
                    WHERE c.entry > ? ORDER BY c.entry LIMIT ?
                    """, [first, Self.rewrittenAtOnce])
                for row in rows {
                    let text = try row.decode(String?.self, atIndex: 3)
                    let title = try row.decode(String.self, atIndex: 2)
                    let change = try row.decode(Data.self, atIndex: 1)
                    if let changed = try body(Array(change), text.map { StoredText(title: title, text: $0) })
                    {
                        try database.run(
                            "UPDATE changes SET change = ? WHERE entry = ?",
                            [Data(changed), try row.decode(Int64.self, atIndex: 0)])
                    }
                }
                return try rows.last?.decode(Int64.self, atIndex: 0)
            }
        }
        try write { try setSignatureVersion(version, in: $0) }
    }

    private func setSignatureVersion(_ version: UInt8, in database: Database) throws {
        try database.run(
            "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [Self.versionKey, String(version)])
    }
}
