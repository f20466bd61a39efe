#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prepares the browser build; ./dev web calls it: web.py parts

It puts the sources of what the page links, and Debian has compiled for this machine alone, into build/web-parts. Versions are those of
Debian 12: whoever builds with another one says so in docs/browser.md.
"""

import pathlib
import shutil
import sys

import debian_sources

PARTS = pathlib.Path(__file__).resolve().parents[1] / "build" / "web-parts"
SOURCES = {"imgui": "1.86", "libzstd": "1.5.4", "simdjson": "3.0.1", "zlib": "1.2.13", "libpng1.6": "1.6.39"}


def missing():
    """Returns the names of those sources that are not there, in the version that the page is built of."""
    return [name for name, version in SOURCES.items() if not any(path.is_dir() for path in PARTS.glob(f"{name}-{version}*"))]


def parts():
    """Fetches the sources, unless they are there. Exits where Debian has others."""
    if not missing():
        return
    shutil.rmtree(PARTS, ignore_errors=True)
    PARTS.mkdir(parents=True)
    debian_sources.fetch(PARTS, SOURCES)
    if others := missing():
        sys.exit(f"web: Debian's sources of {', '.join(others)} are not those of Debian 12, of which the page is built; see docs/browser.md.")


if __name__ == "__main__":
    if sys.argv[1:] != ["parts"]:
        sys.exit(__doc__)
    parts()
