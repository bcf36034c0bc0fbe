#!/usr/bin/env python3
"""Commits a second of SQLite in WAL mode, synchronous FULL and NORMAL: a note of the outbox, and a document of 20 entries.

    Benchmarks/commits.py [FOLDER]

The folder names the disk that is measured; the default is the one for temporary files.
"""
import os
import sqlite3
import sys
import tempfile
import time

# Each case runs so many seconds; the slowest disk still gives some hundred commits.
SECONDS = 3
ENTRIES = 20
TEXT = "x" * 3000


def note(database, number):
    database.execute("INSERT INTO notes VALUES (?, ?)", (number, "delivered"))


def document(database, number):
    for entry in range(ENTRIES):
        database.execute("INSERT INTO texts VALUES (?, ?)", (number * ENTRIES + entry, TEXT))


def commits_a_second(folder, synchronous, work):
    path = os.path.join(folder, f"{synchronous}-{work.__name__}.db")
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute(f"PRAGMA synchronous = {synchronous}")
    database.execute("CREATE TABLE notes (number INTEGER PRIMARY KEY, state TEXT)")
    database.execute("CREATE TABLE texts (number INTEGER PRIMARY KEY, text TEXT)")
    count = 0
    start = time.monotonic()
    while time.monotonic() - start < SECONDS:
        database.execute("BEGIN IMMEDIATE")
        work(database, count)
        database.execute("COMMIT")
        count += 1
    rate = count / (time.monotonic() - start)
    database.close()
    return rate


def main():
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        print(f"SQLite {sqlite3.sqlite_version}, commits a second")
        for work, name in [(note, "a note"), (document, f"a document of {ENTRIES} entries")]:
            full, normal = (commits_a_second(folder, mode, work) for mode in ["FULL", "NORMAL"])
            print(f"{name:28} FULL {full:8,.0f}   NORMAL {normal:8,.0f}")


main()
