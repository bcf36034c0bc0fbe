#!/usr/bin/env python3
"""How long the daemon takes to rebuild its copy index from disk, and the memory for each entry.

Fills a database of the daemon's own making with entries off topic, each with a text and two signatures, all within the
copy window, and starts the daemon on it with nothing to poll. Bytes an entry: the greatest memory of that process less
that of the same over an empty database.

usage: rebuild.py NEWSWATCHD ETC [--entries N] [--directory DIR]   (ETC: the folder with topics and lexicon)
"""
import argparse, os, random, resource, sqlite3, subprocess, tempfile, time


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def change(entry, milliseconds, rng):
    """`Change.encoded()` of an entry off topic: version, number, time, version of the signatures, 256 values."""
    return b"\x02" + varint(entry << 1) + varint(milliseconds << 1) + b"\x02" + rng.randbytes(1024) + b"\x00"


def start(daemon, configuration):
    """Seconds and greatest memory in bytes of one start that polls nothing."""
    begin = time.perf_counter()
    process = subprocess.Popen([daemon, "--config", configuration, "--once"], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, process.returncode
    return time.perf_counter() - begin, usage.ru_maxrss * 1024


def fill(path, entries):
    rng = random.Random(1)
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    database.execute("BEGIN")
    database.execute("INSERT INTO feeds (id, url) VALUES (1, 'https://one.example/feed.xml')")
    base = 1_700_000_000_000
    for first in range(1, entries + 1, 10_000):
        numbers = range(first, min(first + 10_000, entries + 1))
        database.executemany(
            "INSERT INTO entries (number, root, feed, content_hash, outlet, title, observed, engine_time, is_duplicate)"
            " VALUES (?, ?, 1, ?, 'one.example', 'A title', ?, ?, 0)",
            ((n, n, n, base + 2000 * n, base + 2000 * n) for n in numbers))
        database.executemany("INSERT INTO texts VALUES (?, 'Some words.')", ((n,) for n in numbers))
        database.executemany(
            "INSERT INTO changes VALUES (?, ?)", ((n, change(n, base + 2000 * n, rng)) for n in numbers))
    database.execute("COMMIT")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("newswatchd")
    parser.add_argument("etc")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--directory", help="for the database, some 2 GB; default: the temporary one")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.directory) as folder:
        path, configuration = os.path.join(folder, "news.db"), os.path.join(folder, "newswatchd.toml")
        topics = os.path.abspath(os.path.join(arguments.etc, "topics", "openai-leadership.toml"))
        with open(configuration, "w") as file:
            file.write(f'[database]\npath = "{path}"\n[control]\nsocket = "{folder}/control.sock"\n'
                       f'[topics]\nprofiles = ["{topics}"]\n'
                       f'[[sink]]\nname = "out"\ntype = "stdout"\nformat = "text"\n')
        start(arguments.newswatchd, configuration)
        empty_seconds, empty_bytes = start(arguments.newswatchd, configuration)
        fill(path, arguments.entries)
        seconds, most = start(arguments.newswatchd, configuration)
        print(f"{arguments.entries} entries: rebuilt in {seconds - empty_seconds:.1f} s "
              f"({(seconds - empty_seconds) / arguments.entries * 1e6:.1f} s a million), "
              f"{(most - empty_bytes) / arguments.entries:.0f} bytes an entry")


if __name__ == "__main__":
    main()
