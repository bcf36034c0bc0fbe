import Foundation
import GRDB

/// A database as the release of one schema left it, as SQL that any later release can be tried on.
enum SchemaFile {
    static let folder = Repository.root.appending(path: "Tests/EndToEndTests/Schemas")

    /// The file of a schema.
    static func url(version: Int) -> URL { folder.appending(path: "v\(version).sql") }

    /// Stands for the outlet's host and port, which differ from run to run.
    private static let outlet = "OUTLET"

    /// The version of a database.
    static func version(of path: String) throws -> Int {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    }

    /// Makes the database of a schema at `path`, with `address` as its outlet's host and port.
    static func restore(version: Int, to path: String, address: String) throws {
        let sql = try String(contentsOf: url(version: version), encoding: .utf8)
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction {
            try $0.execute(sql: sql.replacingOccurrences(of: outlet, with: address))
        }
        try queue.close()
    }

    /// Writes the database at `path` to the file of its schema. Rows stand before triggers, which would count them.
    static func record(_ path: String, address: String) throws {
        let queue = try DatabaseQueue(path: path)
        let sql = try queue.read { database in
            let parts = try Row.fetchAll(
                database, sql: "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            let tables = parts.filter { $0["type"] == "table" }
            let made = tables.filter { !($0["name"] as String).hasPrefix("sqlite_") }
            var lines = try ["application_id", "user_version"].map {
                "PRAGMA \($0) = \(try Int.fetchOne(database, sql: "PRAGMA \($0)") ?? 0)"
            }
            lines.append("BEGIN")
            lines += made.map { $0["sql"] as String }
            for table in tables { lines += try rows(of: table["name"], in: database) }
            lines += parts.filter { $0["type"] != "table" }.map { $0["sql"] as String }
            return (lines + ["COMMIT"]).map { $0 + ";\n" }.joined()
        }
        try queue.close()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let version = try version(of: path)
        try sql.replacingOccurrences(of: address, with: outlet)
            .write(to: url(version: version), atomically: true, encoding: .utf8)
    }

    private static func rows(of table: String, in database: Database) throws -> [String] {
        let columns = try database.columns(in: table).map { "quote(\"\($0.name)\")" }
        return try String.fetchAll(
            database, sql: "SELECT \(columns.joined(separator: " || ', ' || ")) FROM \"\(table)\""
        ).map { "INSERT INTO \"\(table)\" VALUES (\($0))" }
    }
}
