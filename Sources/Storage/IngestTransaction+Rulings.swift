import Foundation
import GRDB
import Stories

/// What operators say of developments, as far as the tables show it.
extension IngestTransaction {
    /// Keeps a ruling behind everything that was decided up to `entry`. Returns its number.
    package func insert(_ ruling: Ruling, after entry: EntryNumber, at time: Date) throws -> Int64 {
        try database.run(
            "INSERT INTO rulings (after_entry, made_at, ruling) VALUES (?, ?, ?)",
            [entry.rawValue, Milliseconds.of(time), try JSONText.encode(ruling)])
        return database.lastInsertedRowID
    }

    /// What reports `absorbed` reports `kept` from now on, and whoever was told of the one counts as told of the other.
    package func merge(_ absorbed: DevelopmentID, into kept: DevelopmentID) throws {
        guard let source = try number(of: absorbed), let target = try number(of: kept) else { return }
        for table in ["development_entries", "told"] {
            try database.run(
                "UPDATE OR IGNORE \(table) SET development = ? WHERE development = ?", [target, source])
            try database.run("DELETE FROM \(table) WHERE development = ?", [source])
        }
        try database.run(
            """
            DELETE FROM withheld WHERE development = ?
                OR development = ? AND sink IN (SELECT sink FROM told WHERE development = ?)
            """, [source, target, target])
        try database.run(
            "UPDATE developments SET merged_into = ? WHERE number = ? OR merged_into = ?",
            [target, source, source])
    }

    /// The entries report `opening`, which is stored as opened by the first of them, in the place of `source`.
    package func split(
        _ entries: [EntryNumber], from source: DevelopmentID, into opening: Opening, at now: Date
    ) throws {
        guard let from = try number(of: source), let first = entries.first else { return }
        try database.run(
            """
            INSERT INTO developments (id, topic, kind, headline, gloss, confidence, why, entry, first_published,
                opened_at)
            SELECT ?, topic, ?, ?, ?, ?, ?, ?, ?, ? FROM developments WHERE number = ?
            """,
            [
                opening.id.rawValue, opening.kind.storable, opening.headline.storable,
                opening.gloss?.storable,
                opening.confidence.rawValue, opening.why.storable, first.rawValue,
                Milliseconds.of(opening.firstPublished), Milliseconds.of(now), from,
            ])
        let target = database.lastInsertedRowID
        for entry in entries {
            try database.run(
                "UPDATE development_entries SET development = ?, is_copy = is_copy AND entry <> ? "
                    + "WHERE development = ? AND entry = ?",
                [target, first.rawValue, from, entry.rawValue])
        }
    }

    /// Marks how a development stands; what was kept back of it is not told any more.
    package func setStanding(_ standing: StoredDevelopment.Standing, of development: DevelopmentID) throws {
        try database.run(
            "UPDATE developments SET standing = ? WHERE id = ?", [standing.rawValue, development.rawValue])
        try database.run(
            "DELETE FROM withheld WHERE development = (SELECT number FROM developments WHERE id = ?)",
            [development.rawValue])
    }

    /// Those that copy or revise one of the entries and report the development too, the entries themselves included,
    /// ascending.
    package func withCopies(_ entries: [EntryNumber], in development: DevelopmentID) throws -> [EntryNumber] {
        try database.all(
            """
            SELECT e.number FROM development_entries d JOIN entries e ON e.number = d.entry
            WHERE d.development = (SELECT number FROM developments WHERE id = ?1)
                AND (e.number IN (SELECT value FROM json_each(?2))
                    OR e.near_duplicate_of IN (SELECT value FROM json_each(?2))
                    OR e.revision_of IN (SELECT value FROM json_each(?2)))
            ORDER BY e.number
            """, [development.rawValue, try JSONText.encode(entries)]
        ).map { EntryNumber(rawValue: try $0.decode(atIndex: 0)) }
    }

    private func number(of development: DevelopmentID) throws -> Int64? {
        try database.integer("SELECT number FROM developments WHERE id = ?", [development.rawValue])
    }
}
