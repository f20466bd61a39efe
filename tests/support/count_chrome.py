"""Counts, in Chrome's JSON itself, what a trace shows: independently of how it is read. Used by tests.

count_chrome.py PROGRAM FILE… says a line for each file, and exits with 1 if the program shows more or less of one than is in it.
"""

import collections
import csv
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile


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


def shown(program, path):
    """How many slices, instants and counter values a program of Loopscope's shows of a trace. Raises AssertionError if it shows none."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out.csv"
        done = subprocess.run([program, "convert", path, out], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{path}: {done.stderr}"
        with out.open(newline="", encoding="utf-8") as file:
            kinds = collections.Counter(row["kind"] for row in csv.DictReader(file))
    return {kind: kinds[kind] for kind in ("slice", "instant", "count")}


def main(program, paths):
    wrong = 0
    for path in paths:
        there, seen = count(path), shown(program, path)
        wrong += there != seen
        print(f"{pathlib.Path(path).stem}: {there['slice']} slices, {there['instant']} instants" + (f", but {seen} are shown" if there != seen else ""))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
