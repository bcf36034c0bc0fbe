import GRDB

/// The database's tables, as a sequence of migrations that is only ever added to. `docs/storage.md` tells what
/// each table is for.
enum Schema {
    /// `PRAGMA application_id`: “nwch”, so that file(1) and we know our own.
    static let applicationID: Int64 = 0x6E77_6368

    /// `PRAGMA user_version` after the last migration.
    static let version = 2

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { database in
            try database.execute(sql: v1)
        }
        migrator.registerMigration("v2") { database in
            try database.execute(sql: v2)
        }
        return migrator
    }

    // Times are integer milliseconds since 1970, UTC. 64-bit hashes are stored by bit pattern. The wide columns
    // of an entry, its text and its change, have tables of their own: lists of entries, and the rebuild at
    // start, then read only the pages that they need.
    private static let v1 = """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = 1;

        CREATE TABLE meta (
            key TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE counters (
            name TEXT NOT NULL PRIMARY KEY,
            value INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO counters VALUES
            ('entries', 0), ('duplicates', 0), ('developments', 0), ('pending', 0), ('failed', 0);

        CREATE TABLE feeds (
            id INTEGER NOT NULL PRIMARY KEY,
            url TEXT NOT NULL UNIQUE,
            schedule TEXT,
            etag TEXT,
            last_modified TEXT,
            body_hash INTEGER,
            contacted_at INTEGER,
            entry_count INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        CREATE TABLE topics (
            id INTEGER NOT NULL PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            introduced_at INTEGER,
            late_alerts INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        CREATE TABLE held (
            number INTEGER NOT NULL PRIMARY KEY,
            topic INTEGER NOT NULL REFERENCES topics (id),
            development TEXT NOT NULL
        ) STRICT;
        CREATE INDEX held_topic ON held (topic, number);

        CREATE TABLE entries (
            number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            root INTEGER NOT NULL,
            feed INTEGER NOT NULL REFERENCES feeds (id),
            guid TEXT,
            canonical_url TEXT,
            content_hash INTEGER NOT NULL,
            external_id TEXT,
            outlet TEXT NOT NULL,
            url TEXT,
            lang TEXT,
            title TEXT NOT NULL,
            published INTEGER,
            observed INTEGER NOT NULL,
            engine_time INTEGER NOT NULL,
            near_duplicate_of INTEGER,
            revision_of INTEGER,
            is_duplicate INTEGER NOT NULL CHECK (is_duplicate IN (0, 1))
        ) STRICT;
        CREATE INDEX entries_guid ON entries (guid, feed, number) WHERE guid IS NOT NULL;
        CREATE INDEX entries_url ON entries (canonical_url, number) WHERE canonical_url IS NOT NULL;
        CREATE INDEX entries_content ON entries (feed, content_hash, number);
        CREATE INDEX entries_root ON entries (root, number);
        CREATE INDEX entries_same ON entries (root, content_hash, feed, number);
        CREATE INDEX entries_external ON entries (external_id, number) WHERE external_id IS NOT NULL;
        CREATE TRIGGER entries_counted AFTER INSERT ON entries BEGIN
            UPDATE counters SET value = value + 1 WHERE name = 'entries';
            UPDATE counters SET value = value + 1
                WHERE name = 'duplicates' AND (new.is_duplicate OR new.near_duplicate_of IS NOT NULL);
            UPDATE feeds SET entry_count = entry_count + 1 WHERE id = new.feed;
        END;

        CREATE TABLE texts (
            entry INTEGER NOT NULL PRIMARY KEY REFERENCES entries (number) ON DELETE CASCADE,
            text TEXT NOT NULL
        ) STRICT;

        CREATE TABLE changes (
            entry INTEGER NOT NULL PRIMARY KEY REFERENCES entries (number) ON DELETE CASCADE,
            change BLOB NOT NULL
        ) STRICT;

        CREATE TABLE decisions (
            entry INTEGER NOT NULL REFERENCES entries (number) ON DELETE CASCADE,
            topic INTEGER NOT NULL REFERENCES topics (id),
            on_topic INTEGER NOT NULL CHECK (on_topic IN (0, 1)),
            outcome TEXT NOT NULL,
            score REAL NOT NULL,
            near_duplicate_of INTEGER,
            revision_of INTEGER,
            developments TEXT NOT NULL,
            reasons TEXT NOT NULL,
            PRIMARY KEY (entry, topic)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE developments (
            number INTEGER NOT NULL PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            topic INTEGER NOT NULL REFERENCES topics (id),
            kind TEXT NOT NULL,
            headline TEXT NOT NULL,
            confidence TEXT NOT NULL CHECK (confidence IN ('low', 'medium', 'high')),
            why TEXT NOT NULL,
            entry INTEGER NOT NULL REFERENCES entries (number),
            first_published INTEGER NOT NULL,
            opened_at INTEGER NOT NULL,
            alerted_at INTEGER,
            late INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1))
        ) STRICT;
        CREATE INDEX developments_time ON developments (first_published, id);
        CREATE INDEX developments_topic ON developments (topic, first_published, id);
        CREATE INDEX developments_entry ON developments (entry);
        CREATE TRIGGER developments_counted AFTER INSERT ON developments BEGIN
            UPDATE counters SET value = value + 1 WHERE name = 'developments';
        END;

        CREATE TABLE development_entries (
            development INTEGER NOT NULL REFERENCES developments (number),
            entry INTEGER NOT NULL REFERENCES entries (number),
            is_copy INTEGER NOT NULL CHECK (is_copy IN (0, 1)),
            PRIMARY KEY (development, entry)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX development_entries_entry ON development_entries (entry);

        CREATE TABLE alerts (
            sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
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
            claimed_at INTEGER,
            next_attempt INTEGER NOT NULL,
            last_error TEXT,
            delivered_at INTEGER,
            PRIMARY KEY (sink, alert)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX deliveries_order ON deliveries (sink, alert, next_attempt) WHERE state = 'pending';
        CREATE INDEX deliveries_time ON deliveries (sink, next_attempt) WHERE state = 'pending';
        CREATE INDEX deliveries_failed ON deliveries (alert, sink) WHERE state = 'failed';
        CREATE INDEX deliveries_alert ON deliveries (alert, sink);
        CREATE TRIGGER deliveries_queued AFTER INSERT ON deliveries BEGIN
            UPDATE counters SET value = value + 1 WHERE name = new.state;
        END;
        CREATE TRIGGER deliveries_moved AFTER UPDATE OF state ON deliveries WHEN old.state <> new.state BEGIN
            UPDATE counters SET value = value - 1 WHERE name = old.state;
            UPDATE counters SET value = value + 1 WHERE name = new.state;
        END;
        CREATE TRIGGER deliveries_dropped AFTER DELETE ON deliveries BEGIN
            UPDATE counters SET value = value - 1 WHERE name = old.state;
        END;
        """

    // What each sink was told of is read out of the alerts that version 1 wrote.
    private static let v2 = """
        PRAGMA user_version = 2;

        ALTER TABLE developments ADD COLUMN gloss TEXT;
        ALTER TABLE developments ADD COLUMN merged_into INTEGER REFERENCES developments (number);
        ALTER TABLE developments ADD COLUMN standing TEXT NOT NULL DEFAULT 'told'
            CHECK (standing IN ('told', 'muted', 'retracted'));

        ALTER TABLE deliveries ADD COLUMN payload TEXT;
        ALTER TABLE deliveries ADD COLUMN after INTEGER;
        ALTER TABLE deliveries ADD COLUMN receipt TEXT;
        ALTER TABLE deliveries ADD COLUMN repeated INTEGER NOT NULL DEFAULT 0 CHECK (repeated IN (0, 1));

        CREATE TABLE told (
            development INTEGER NOT NULL REFERENCES developments (number),
            sink TEXT NOT NULL,
            alert INTEGER NOT NULL,
            latest INTEGER NOT NULL,
            PRIMARY KEY (development, sink)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO told
            SELECT d.number, v.sink, min(a.sequence), max(a.sequence)
            FROM alerts a JOIN deliveries v ON v.alert = a.sequence
                JOIN json_each(iif(a.type = 'digest', json_extract(a.payload, '$.data.developments'),
                    json_array(json_extract(a.payload, '$.data')))) t
                JOIN developments d ON d.id = json_extract(t.value, '$.id')
            WHERE a.type IN ('development.new', 'digest')
            GROUP BY d.number, v.sink;

        CREATE TABLE withheld (
            development INTEGER NOT NULL REFERENCES developments (number),
            sink TEXT NOT NULL,
            reason TEXT NOT NULL CHECK (reason IN ('corroboration', 'quiet_hours', 'rate')),
            PRIMARY KEY (development, sink)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX withheld_sink ON withheld (sink, development) WHERE reason <> 'corroboration';

        CREATE TABLE rulings (
            number INTEGER NOT NULL PRIMARY KEY,
            after_entry INTEGER NOT NULL,
            made_at INTEGER NOT NULL,
            ruling TEXT NOT NULL
        ) STRICT;
        """
}
