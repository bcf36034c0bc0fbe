#!/usr/bin/env python3
"""feedparser-entries.py FOLDER: the ids of the entries that feedparser finds in each file below FOLDER, a JSON object
per line."""
import json
import pathlib
import sys

import feedparser

folder = pathlib.Path(sys.argv[1])
for path in sorted(folder.rglob("*")):
    if not path.is_file():
        continue
    try:
        # As a stream, since a text may be taken for an address.
        with path.open("rb") as file:
            feed = feedparser.parse(file, sanitize_html=False)
    except Exception as error:
        print(json.dumps({"path": str(path), "error": repr(error)}))
        continue
    ids = [entry.get("id") for entry in feed.entries]
    print(json.dumps({"path": str(path), "ids": ids, "isWellFormed": not feed.bozo}))
