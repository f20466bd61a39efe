#!/usr/bin/env python3
"""Compares pictures of the program with those that were approved: compare.py [--program FILE] [--output FOLDER] [--approve] [NAME …]

The pictures are what `loopscope run … --png` and `loopscope compare … --png` draw of the seed's program, without a display. Those that were approved stand in
tests/pictures/approved. Drivers round differently, so a picture may differ a little: see TOLERANCE. What was drawn, and what differs
from what was approved, is written to the output folder, by default build/pictures.

    python3 tests/pictures/compare.py --approve

makes what the program draws now the approved pictures; look at them before they are committed. Needs ImageMagick's `compare` and
`convert`. Exits with 1 if a picture differs, with 77 if ImageMagick is missing.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
APPROVED = HERE / "approved"
LARGEST_FILE = 150_000  # bytes: approved pictures are kept in the repository

# Name, storage, where the cursor is (see `moments`), size, other options.
PICTURES = (
    ("global-960x540", "global", "print", "960x540"),
    ("contextvar-960x540", "contextvar", "print", "960x540"),
    ("global-1920x1080", "global", "print", "1920x1080"),
    ("contextvar-1920x1080", "contextvar", "print", "1920x1080"),
    ("global-start-960x540", "global", "start", "960x540"),
    ("global-end-960x540", "global", "end", "960x540"),
    ("light-960x540", "global", "print", "960x540", "--theme", "light"),
    ("projector-960x540", "contextvar", "print", "960x540", "--theme", "projector"),
    # So much that lanes are bands: a minute of prints, which leak for a third of it.
    ("dense-1920x1080", "global", "dense", "1920x1080", "--set", "duration=60", "--set", "interval=0.01", "--switch", "20=contextvar"),
)


# Name, options: what `loopscope compare` draws of the seed's program.
COMPARISONS = (
    ("compare-storages-1920x540", "--storage", "global", "--storage", "contextvar", "--size", "1920x540"),
    ("compare-parameters-960x540", "--storage", "global", "--other-set", "symbols=0abd", "--other-set", "interval=0.06", "--size", "960x540"),
)


# Name, trace, the cursor's event, other options: what `loopscope open` draws of a recorded program.
RECORDINGS = (
    # A server of some hundred requests (many_tasks.py), whose tasks are groups, at a print that leaks.
    ("many-tasks-960x540", "many_tasks.loopscope", "1471", "--size", "960x540"),
    # What another tool wrote (imported.py): tracks with nothing selected, and with a slice that two flows touch.
    ("imported-1280x720", "imported.json", "0", "--size", "1280x720"),
    ("imported-light-960x540", "imported.json", "56", "--size", "960x540", "--theme", "light"),
    ("imported-projector-960x540", "imported.json", "56", "--size", "960x540", "--theme", "projector"),
)


# The timeline at five zooms on each of its axes: a demo, one picture a step.
FLIGHT = HERE / "flight.md"
FLIGHT_SIZE = "960x540"
FLIGHT_PICTURES = tuple(f"flight/{step:02}-{axis}-{zoom}" for step, (axis, zoom) in enumerate(((axis, zoom) for axis in ("sequence", "time") for zoom in range(1, 6)), 1))


# Every panel in every theme: themes, and window sizes with the scale that everything has there. The panels stand where
# app/panels/frame.cpp puts them, and are cut out of a picture of the whole.
THEMES = ("dark", "light", "projector")
PANEL_SIZES = ("640x480", "1280x720", "1920x1080", "3840x2160")


def panels(width, height):
    """Where each panel stands: left, top, width, height. As Frame in app/panels/frame.cpp."""
    scale = round(max(0.68, min(width / 1920, height / 1080)) * 32) / 32
    bar = round(60 * scale)
    side = round(min(max(width * 0.308, 380 * scale), 640 * scale, width / 2))
    below = round(min(max(height * 0.3, 190 * scale), 360 * scale))
    left, top = width - side, height - below
    middle, loop = round(left * 0.52), round((top - bar) * 0.6)
    return {
        "top-bar": (0, 0, width, bar),
        "timeline": (0, bar, left, top - bar),
        "loop": (left, bar, side, loop),
        "storage": (left, bar + loop, side, top - bar - loop),
        "output": (left, top, side, below),
        "source": (0, top, middle, below),
        "why": (middle, top, left - middle, below),
    }


def draw_panels(program, event, folder):
    """A picture of each panel in each theme, at each size."""
    folder.mkdir(parents=True, exist_ok=True)
    for theme in THEMES:
        for size in PANEL_SIZES:
            whole = folder / f"{theme}-{size}.png"
            options = ("--storage", "global", "--switch", "0.25=contextvar", "--theme", theme)
            run(program, "run", "indication", *options, "--at", str(event), "--size", size, "--png", whole)
            for panel, (left, top, width, height) in panels(*map(int, size.split("x"))).items():
                part = folder / f"{panel}-{theme}-{size}.png"
                subprocess.run(["convert", whole, "-crop", f"{width}x{height}+{left}+{top}", "+repage", part], check=True)
    print(f"{len(THEMES) * len(PANEL_SIZES) * len(panels(1920, 1080))} pictures of panels are in {folder}.")


class TOLERANCE:
    mean = 0.004  # mean absolute difference, of the whole range of a channel
    fuzz = "6%"  # a pixel differs if it is further off than this
    share = 0.004  # of the pixels


def find_program():
    """The newest of those that ./dev builds."""
    built = sorted(ROOT.glob("build/*/app/loopscope"), key=lambda path: path.stat().st_mtime)
    return built[-1] if built else None


def run(program, *arguments):
    """Runs the program where there is no display; gives what it said to stderr."""
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [program, *arguments]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed: {done.stderr}")
    return done.stderr


def moments(program):
    """Events by what they are: before the first iteration, the 14th print, which leaks under the global, and the last one."""
    kinds = [line.split()[2] for line in run(program, "run", "indication", "--events").splitlines()]
    prints = [event for event, kind in enumerate(kinds) if kind == "print_value"]
    return {"start": kinds.index("iteration") - 1, "print": prints[13], "end": len(kinds) - 1, "dense": 200_000, "panels": prints[17]}


def draw(program, picture, events, folder):
    path = folder / f"{picture[0]}.png"
    if picture in COMPARISONS:
        run(program, "compare", "indication", *picture[1:], "--png", path)
        return path
    if picture in RECORDINGS:
        run(program, "open", HERE / picture[1], "--at", picture[2], *picture[3:], "--png", path)
        return path
    _, storage, moment, size, *options = picture
    run(program, "run", "indication", "--storage", storage, "--at", str(events[moment]), "--size", size, *options, "--png", path)
    return path


def draw_all(program, events, folder, names):
    """Draws the pictures of these names; gives each name with its file."""
    for picture in PICTURES + COMPARISONS + RECORDINGS:
        if picture[0] in names:
            yield picture[0], draw(program, picture, events, folder)
    if any(name in names for name in FLIGHT_PICTURES):
        run(program, "play", FLIGHT, "--pictures", folder / "flight", "--size", FLIGHT_SIZE)
        for name in FLIGHT_PICTURES:
            if name in names:
                yield name, folder / f"{name}.png"


def pixels(path):
    width, height = (int.from_bytes(path.read_bytes()[at : at + 4], "big") for at in (16, 20))
    return width, height


def metric(kind, options, drawn, approved, difference):
    """What ImageMagick's compare says: an absolute number, and for some metrics a share of the whole in brackets."""
    command = ["compare", "-metric", kind, *options, drawn, approved, difference]
    said = subprocess.run(command, check=False, capture_output=True, text=True).stderr
    numbers = re.search(r"([\d.e+-]+)(?: \(([\d.e+-]+)\))?", said)
    if not numbers:
        raise RuntimeError(f"compare said: {said}")
    return float(numbers[2] or numbers[1])


def complaint(drawn, approved, difference):
    """What is wrong with a picture, in a sentence; none if it is as it should be."""
    if not approved.exists():
        return "was never approved."
    if pixels(drawn) != pixels(approved):
        return f"is {pixels(drawn)}, not {pixels(approved)}."
    mean = metric("MAE", [], drawn, approved, "null:")
    width, height = pixels(drawn)
    share = metric("AE", ["-fuzz", TOLERANCE.fuzz], drawn, approved, difference) / (width * height)
    if mean <= TOLERANCE.mean and share <= TOLERANCE.share:
        difference.unlink(missing_ok=True)
        return None
    return f"differs by {mean:.4f} in the mean (at most {TOLERANCE.mean}) and in {share:.2%} of its pixels (at most {TOLERANCE.share:.2%})."


def approve(drawn, approved):
    approved.parent.mkdir(exist_ok=True)
    # Few enough colours for a palette keep the file small; what that changes is far below the tolerance.
    command = ["convert", drawn, "-strip", "-alpha", "off", "+dither", "-colors", "255", "-define", "png:compression-level=9", f"PNG8:{approved}"]
    subprocess.run(command, check=True)
    size = approved.stat().st_size
    if size > LARGEST_FILE:
        sys.exit(f"{approved} has {size} bytes; at most {LARGEST_FILE} are kept in the repository.")
    return size


def main():
    parser = argparse.ArgumentParser(description="Compares pictures of the program with those that were approved.")
    parser.add_argument("--program", type=pathlib.Path, default=None, help="the program; by default the newest in build/")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "build" / "pictures", help="where pictures and differences go")
    parser.add_argument("--approve", action="store_true", help="what is drawn now is right")
    parser.add_argument("--panels", action="store_true", help="draw each panel in each theme instead, to be looked at")
    parser.add_argument("names", nargs="*", help="only these pictures")
    arguments = parser.parse_args()
    if not shutil.which("compare") or not shutil.which("convert"):
        print("ImageMagick is missing.", file=sys.stderr)
        return 77
    program = arguments.program or find_program()
    if not program:
        sys.exit("There is no program in build/; run ./dev build first.")
    known = {picture[0] for picture in PICTURES + COMPARISONS + RECORDINGS}.union(FLIGHT_PICTURES)
    unknown = set(arguments.names) - known
    if unknown:
        sys.exit(f"There is no picture {', '.join(sorted(unknown))}.")
    arguments.output.mkdir(parents=True, exist_ok=True)

    wrong = 0
    events = moments(program)
    if arguments.panels:
        draw_panels(program, events["panels"], arguments.output / "panels")
        return 0
    for name, drawn in draw_all(program, events, arguments.output, set(arguments.names) or known):
        approved = APPROVED / f"{name}.png"
        if arguments.approve:
            print(f"{name}: approved, {approve(drawn, approved)} bytes.")
        difference = arguments.output / f"{name}-difference.png"
        sentence = complaint(drawn, approved, difference)
        if sentence:
            wrong += 1
            print(f"{name} {sentence} See {drawn}, {approved} and {difference}.")
        elif not arguments.approve:
            print(f"{name} is as approved.")
    if wrong:
        print("If this is how it should look: python3 tests/pictures/compare.py --approve")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
