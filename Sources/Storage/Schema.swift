import GRDB

/// The database's tables, as a sequence of migrations that is only ever added to. `docs/storage.md` tells what
/// each table is for.
enum Schema {
    /// `PRAGMA application_id`: “nwch”, so that file(1) and we know our own.
    static let applicationID = 0x6E77_6368

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { database in
            try database.execute(sql: v1)
        }
        return migrator
    }

    // Times are integer milliseconds since 1970, UTC. 64-bit hashes are stored by bit pattern.
    private static let v1 = """
        PRAGMA application_id = \(applicationID);

        CREATE TABLE feeds (
            url TEXT NOT NULL PRIMARY KEY,
            schedule TEXT,
            etag TEXT,
            last_modified TEXT,
            body_hash INTEGER,
            contacted_at INTEGER
        ) STRICT;

        CREATE TABLE entries (
            number INTEGER NOT NULL PRIMARY KEY,
            feed TEXT NOT NULL,
            guid TEXT,
            canonical_url TEXT,
            content_hash INTEGER NOT NULL,
            external_id TEXT,
            outlet TEXT NOT NULL,
            url TEXT,
            lang TEXT,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            published INTEGER,
            observed INTEGER NOT NULL,
            engine_time INTEGER NOT NULL,
            near_duplicate_of INTEGER,
            revision_of INTEGER,
            is_duplicate INTEGER NOT NULL DEFAULT 0,
            change BLOB NOT NULL
        ) STRICT;
        CREATE INDEX entries_guid ON entries (feed, guid, number) WHERE guid IS NOT NULL;
        CREATE INDEX entries_url ON entries (canonical_url, number) WHERE canonical_url IS NOT NULL;
        CREATE INDEX entries_content ON entries (feed, content_hash, number);
        CREATE INDEX entries_copies ON entries (number) WHERE near_duplicate_of IS NOT NULL OR is_duplicate;

        CREATE TABLE decisions (
            entry INTEGER NOT NULL REFERENCES entries (number) ON DELETE CASCADE,
            topic TEXT NOT NULL,
            outcome TEXT NOT NULL,
            score REAL NOT NULL,
            developments TEXT NOT NULL,
            reasons TEXT NOT NULL,
            PRIMARY KEY (entry, topic)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE developments (
            id TEXT NOT NULL PRIMARY KEY,
            topic TEXT NOT NULL,
            kind TEXT NOT NULL,
            headline TEXT NOT NULL,
            confidence TEXT NOT NULL,
            why TEXT NOT NULL,
            entry INTEGER NOT NULL,
            first_published INTEGER NOT NULL,
            alerted_at INTEGER,
            late INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX developments_time ON developments (first_published, id);

        CREATE TABLE development_entries (
            development TEXT NOT NULL REFERENCES developments (id) ON DELETE CASCADE,
            entry INTEGER NOT NULL,
            PRIMARY KEY (development, entry)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE alerts (
            sequence INTEGER NOT NULL PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            type TEXT NOT NULL,
            created INTEGER NOT NULL,
            payload TEXT NOT NULL
        ) STRICT;

        CREATE TABLE deliveries (
            sink TEXT NOT NULL,
            alert INTEGER NOT NULL REFERENCES alerts (sequence) ON DELETE CASCADE,
            state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
            attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt INTEGER NOT NULL,
            last_error TEXT,
            delivered_at INTEGER,
            PRIMARY KEY (sink, alert)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX deliveries_open ON deliveries (sink, next_attempt) WHERE state = 'pending';
        CREATE INDEX deliveries_failed ON deliveries (alert) WHERE state = 'failed';

        CREATE TABLE introductions (
            topic TEXT NOT NULL PRIMARY KEY,
            done_at INTEGER,
            late_alerts INTEGER NOT NULL DEFAULT 0,
            pending TEXT NOT NULL DEFAULT '[]'
        ) STRICT;
        """
}
