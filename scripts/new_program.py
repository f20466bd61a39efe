#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a program of one's own: new_program.py NAME [FOLDER]

FOLDER is core/scenario/programs/own, unless it is said; the file is NAME.cpp, with underscores for hyphens. Refuses in one sentence a name
that there is already, and one that could not stand in a file's name and in C++.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
OWN = ROOT / "core" / "scenario" / "programs" / "own"

TEMPLATE = """// SPDX-License-Identifier: MIT
// Say here what this program shows: two requests at once, each of which sets a variable and prints it a moment later.

#include "core/scenario/own_program.hpp"

namespace loopscope::own {{
namespace {{

const Variable symbol("symbol", ".");

Coro<> request(std::string own_symbol) {{
    symbol.set(own_symbol);
    co_await sleep(100ms);
    print(symbol.get());
}}

Coro<> main() {{
    co_await gather(request("a"), request("b"));
}}

}}  // namespace

LOOPSCOPE_PROGRAM("{name}", main, .summary = "two requests at once");

}}  // namespace loopscope::own
"""


def fail(sentence):
    sys.exit(f"dev new: {sentence}")


def names_of_programs():
    """The names of all programs that there are, and the stems of their files."""
    names = {}
    for path in (*OWN.parent.glob("*.cpp"), *OWN.glob("*.cpp")):
        names[path.stem] = path
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r'(?:\.name = |LOOPSCOPE_PROGRAM\()"([^"]+)"', text):
            names[name.replace("-", "_")] = path
    return names


def write(name, folder=OWN):
    """Writes the program of a name into a folder; returns its path."""
    if not re.fullmatch(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*", name):
        fail(f"'{name}' cannot be the name of a program; take small letters and digits, with hyphens between words, as in two-requests.")
    identifier = name.replace("-", "_")
    there = names_of_programs().get(identifier) or folder / f"{identifier}.cpp"
    if there.exists():
        shown = there.relative_to(ROOT) if there.is_relative_to(ROOT) else there
        fail(f"there is a program '{name}' already, in {shown}; take another name.")
    folder.mkdir(parents=True, exist_ok=True)
    there.write_text(TEMPLATE.format(name=name), encoding="utf-8")
    return there


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        fail("say what the program is to be called: ./dev new NAME")
    print(write(sys.argv[1], *[pathlib.Path(each) for each in sys.argv[2:]]))
