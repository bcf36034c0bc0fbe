#!/usr/bin/env python3
"""Feed parsing beside xmllint (libxml2), sfeed, fastfeedparser and feedparser: one run, one core, the same documents.

Each contestant is a process of its own that reads the document and ends; processor time from its start to its end
counts, by turns, and ratios are taken within each turn. newswatch builds every entry, sfeed prints them,
fastfeedparser and feedparser return objects, xmllint tells tokens to nobody. feedparser gets the first twentieth only,
and one turn.

usage: feeds.py NEWSWATCH FEED… [--rounds N]
       (needs xmllint and sfeed; fastfeedparser and feedparser as modules of this Python; `make bench` brings them)
       feeds.py --write FOLDER [--mb N]
       (two documents: short.xml has items of few short fields, long.xml items with a text each)
"""
import argparse, os, random, statistics, subprocess, sys, tempfile

WORDS = ("council vote harbour storm budget bridge minister court ruling match final quarter strike rail école "
         "élection Straße größer новости город 選挙 update report says after over plan talks").split()
HEAD = ('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">\n'
        '<channel>\n<title>Bench</title>\n<link>https://bench.example/</link>\n')
TAIL = "</channel>\n</rss>\n"
DAYS, MONTHS = "Mon Tue Wed Thu Fri Sat Sun".split(), "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def short_item(rng, say, number):
    """Three or four fields of the usual ones, as small sites and test suites have them."""
    fields = [f"<title>{say(5)}</title>", f"<link>https://bench.example/{number}?a=1&amp;b=2</link>",
              f'<guid isPermaLink="false">tag:bench.example,2024:{number}</guid>',
              f"<pubDate>{rng.choice(DAYS)}, {rng.randint(1, 28):02} {rng.choice(MONTHS)} 2024 "
              f"{rng.randint(0, 23):02}:10:00 GMT</pubDate>", f"<description>{say(9)}</description>",
              f'<enclosure url="https://bench.example/{number}.mp3" length="{number}" type="audio/mpeg"/>',
              f'<category domain="x">{say(1)}</category>', f"<author>{say(1)}@bench.example ({say(2)})</author>"]
    return "<item>\n" + "".join(f"      {field}\n" for field in rng.sample(fields, rng.randint(3, 4))) + "    </item>\n"


def long_item(rng, say, number):
    """All fields, and a text of some paragraphs in escaped HTML or CDATA."""
    html = "".join(f'<p>{say(rng.randint(10, 60))} <a href="https://bench.example/{number}?p={p}&amp;q=1">{say(3)}</a></p>\n'
                   for p in range(rng.randint(1, 4)))
    escaped = html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = f"<content:encoded><![CDATA[{html}]]></content:encoded>" if number % 2 else f"<description>{escaped}</description>"
    return (f"<item>\n<title>{say(6)} &amp; {say(2)}</title>\n<link>https://bench.example/{number}</link>\n"
            f'<guid isPermaLink="false">{number}</guid>\n<pubDate>Tue, 02 Jan 2024 03:04:05 +0000</pubDate>\n'
            f"<dc:creator><![CDATA[{say(2)}]]></dc:creator>\n<category><![CDATA[{say(1)}]]></category>\n{text}\n"
            f'<media:content url="https://bench.example/{number}.jpg" medium="image" width="640"/>\n</item>\n')


def write(path, item, megabytes):
    rng, size, number = random.Random(7), 0, 0
    say = lambda count: " ".join(rng.choices(WORDS, k=count))
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD)
        while size < megabytes * 1_000_000:
            number += 1
            text = item(rng, say, number)
            size += len(text.encode())
            file.write(text)
        file.write(TAIL)


def seconds(command, path):
    """Processor seconds of a process with the document as its input."""
    with open(path, "rb") as document:
        process = subprocess.Popen(command, stdin=document, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, (command, process.returncode)
    return usage.ru_utime + usage.ru_stime


def beginning(path, folder):
    """The document's first twentieth, up to an item's end."""
    with open(path, "rb") as file:
        part = file.read(os.path.getsize(path) // 20)
    short = os.path.join(folder, "beginning.xml")
    with open(short, "wb") as file:
        file.write(part[:part.rindex(b"</item>")] + b"</item></channel></rss>")
    return short


def race(program, path, rounds, folder):
    size, entries = os.path.getsize(path), 0
    totals = subprocess.run([program, "parse", "--stats", path], check=True, capture_output=True, text=True).stdout
    entries = int(totals.split('"entries":')[1].split(",")[0])
    python = "import sys, {0}; {0}.parse(sys.stdin.buffer.read())"
    commands = {"newswatch": [program, "parse", "--stats", path], "xmllint": ["xmllint", "--huge", "--sax", "--noout", path],
                "sfeed": ["sfeed"], "fastfeedparser": [sys.executable, "-c", python.format("fastfeedparser")]}
    times = {name: [] for name in commands}
    for _ in range(rounds):  # by turns, so that a busy minute is everybody's
        for name, command in commands.items():
            times[name].append(seconds(command, path))
    print(f"{path}: {size / 1e6:.1f} MB, {entries} entries; median of {rounds}")
    print(f"{'':16} {'MB/s':>7} {'entries/s':>11} {'newswatch is faster by':>23}")
    for name in commands:
        ratio = statistics.median(other / ours for ours, other in zip(times["newswatch"], times[name]))
        taken = statistics.median(times[name])
        print(f"{name:16} {size / taken / 1e6:7.0f} {entries / taken:11.0f} {ratio:23.2f}")
    part = beginning(path, folder)
    taken = seconds([sys.executable, "-c", python.format("feedparser")], part)
    rate = os.path.getsize(part) / taken / 1e6
    ratio = size / statistics.median(times["newswatch"]) / 1e6 / rate
    print(f"{'feedparser':16} {rate:7.1f} {entries * rate * 1e6 / size:11.0f} {ratio:23.0f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("newswatch", nargs="?")
    parser.add_argument("feeds", nargs="*", metavar="FEED")
    parser.add_argument("--write", metavar="FOLDER")
    parser.add_argument("--mb", type=float, default=60)
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    if arguments.write:
        for name, item in ("short.xml", short_item), ("long.xml", long_item):
            write(os.path.join(arguments.write, name), item, arguments.mb)
        return
    if not arguments.newswatch or not arguments.feeds:
        parser.error("a program and at least one feed")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        for feed in arguments.feeds:
            race(arguments.newswatch, feed, arguments.rounds, folder)


if __name__ == "__main__":
    main()
