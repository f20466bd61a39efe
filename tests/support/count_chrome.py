"""Counts, in Chrome's JSON itself, what a trace shows: independently of how it is read. Used by tests.

count_chrome.py FILE… prints one line a file.
"""

import collections
import gzip
import json
import pathlib
import sys


def records(path):
    """All records of a trace that is sound JSON: an array, an object with traceEvents, or a record a line."""
    raw = pathlib.Path(path).read_bytes()
    text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return whole["traceEvents"] if isinstance(whole, dict) else whole


def count(path):
    """How many slices, instants and counter values there are."""
    phases = collections.Counter()
    values = 0
    for record in records(path):
        phases[record["ph"]] += 1
        if record["ph"] == "C":
            values += len(record["args"])
    total = lambda letters: sum(phases[letter] for letter in letters)
    return {"slice": total("XBbS"), "instant": total("iIRnTp"), "count": values}


if __name__ == "__main__":
    for path in sys.argv[1:]:
        print(path, count(path))
