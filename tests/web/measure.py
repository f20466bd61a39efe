#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the page weighs and how fast it is, beside the native program, as a table: measure.py PROGRAM PAGE NODE_MODULE

Times are the smallest of several, taken by turns on one machine; what counts is their ratio.
"""

import gzip
import pathlib
import re
import subprocess
import sys
import tempfile
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parent))
import chromium

PROGRAM, PAGE, MODULE = sys.argv[1:4]
ROUNDS = 3
FRAMES = """(() => {
    const ask = window.requestAnimationFrame.bind(window);
    window.gaps = []; let last = 0;
    window.requestAnimationFrame = call => ask(now => { if (last) window.gaps.push(now - last); call(now); last = Module._loopscope_rests() ? 0 : now; });
})()"""


def seconds(*command):
    start = time.monotonic()
    said = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True)
    return time.monotonic() - start, said.stdout


def milliseconds_said(*command):
    return float(re.search(r"([\d.]+) ms", seconds(*command)[1])[1])


def page_times():
    """Returns the time of the first picture; the gaps between frames while the picture zooms, the middle one and that within which 99 %
    are; and how long all of the browser's processes work for such a frame: all in milliseconds."""
    first, gaps, worked = [], [], []
    for _ in range(ROUNDS):
        with chromium.Chromium() as browser:
            page = browser.open(pathlib.Path(PAGE).resolve().as_uri() + "#program=indication&at=250", 1600, 944, offline=True)
            first.append(page.evaluate("page.began"))
            page.evaluate(FRAMES)
            page.key("Digit0")
            before, frames = browser.processor_seconds(), page.evaluate("Module._loopscope_frames()")
            for turn in range(12):
                page.mouse("mouseWheel", 800, 300, deltaX=0, deltaY=-300 if turn % 2 else 300)
                page.settled()
            gaps += page.evaluate("window.gaps")
            worked.append((browser.processor_seconds() - before) * 1000 / (page.evaluate("Module._loopscope_frames()") - frames))
    gaps.sort()
    return min(first), gaps[len(gaps) // 2], gaps[int(len(gaps) * 0.99)], min(worked)


def main():
    text = pathlib.Path(PAGE).read_bytes()
    first, middle, slowest, worked = page_times()
    rows = [
        ("the page, as a file", f"{len(text) / 1e6:.2f} MB", ""),
        ("the page, as a server sends it", f"{len(gzip.compress(text, 9)) / 1e6:.2f} MB", "at most 2 MB"),
        ("first picture after navigation", f"{first:.0f} ms", "at most 1000 ms"),
        ("a frame while the picture zooms, without a GPU", f"{middle:.0f} ms, 99 % within {slowest:.0f} ms", "99 % within 33 ms"),
        ("work for such a frame, of all the browser's processes", f"{worked:.0f} ms of a processor", ""),
    ]
    with tempfile.TemporaryDirectory() as folder:
        trace = pathlib.Path(folder) / "long.loopscope"
        seconds(PROGRAM, "run", "indication", "--set", "duration=670", "--set", "interval=0.03", "--save", trace)
        events = int(re.search(r"(\d+) events", seconds("node", MODULE, "open", f"/host{trace}")[1])[1])
        native = min(seconds(PROGRAM, "open", trace, "--at", "0", "--svg", pathlib.Path(folder) / "long.svg")[0] for _ in range(ROUNDS)) * 1000
        here = min(milliseconds_said("node", MODULE, "open", f"/host{trace}") for _ in range(ROUNDS))
        rows.append((f"{events:,} events opened", f"{here:.0f} ms", f"{here / native:.1f} times the native {native:.0f} ms"))
    native = min(seconds(PROGRAM, "explore", "indication", "--schedules", "1000", "--ready")[0] for _ in range(ROUNDS)) * 1000
    here = min(milliseconds_said("node", MODULE, "explore", "indication", "1000") for _ in range(ROUNDS))
    rows.append(("1,000 schedules explored", f"{here:.0f} ms", f"{here / native:.1f} times the native {native:.0f} ms"))
    print("| what | in the page | beside |\n| --- | --- | --- |")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
