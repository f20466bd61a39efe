#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that no switch over what the table of events lists ends in `default`: check_switches.py [ROOT]

The enums are those of core/trace/kinds.def, and Storage. Without a `default` the compiler finds each switch that a new row is missing in;
where few kinds matter, core/trace/kinds.hpp is asked for a property instead.

Prints `file:line: sentence` for each violation, and exits with 1 if there are any.
"""

import pathlib
import re
import sys

PARTS = ("core", "app")
NOISE = re.compile(r'//[^\n]*|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'')
SWITCH = re.compile(r"\bswitch\s*\(")
DEFAULT = re.compile(r"\bdefault\s*:")
# LaneEvent::Kind and the like are other enums.
LABEL = re.compile(r"\bcase\s+(?:loopscope::)?(?:trace::)?(?:Kind|Resume|Wait|Outcome|Callback|Start|Named|Cancel|Ending|FlowPoint|TrackKind|Storage)::")


def block(text, begin):
    """The part of a text from the first brace after `begin` to the one that closes it."""
    start = text.find("{", begin)
    depth = 0
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return start, text[start:at]
    return start, text[start:]


def own(body):
    """A switch without those inside it, and without anything else in two braces."""
    kept = []
    depth = 0
    for character in body:
        depth += {"{": 1, "}": -1}.get(character, 0)
        kept.append(character if depth == 1 or character == "\n" else " ")
    return "".join(kept)


def violations(name, source):
    text = NOISE.sub(lambda found: " " * len(found.group()), source)
    found = []
    for switch in SWITCH.finditer(text):
        start, body = block(text, switch.end())
        body = own(body)
        default = DEFAULT.search(body)
        if default and LABEL.search(body):
            line = text.count("\n", 0, start + default.start()) + 1
            found.append(f"{name}:{line}: a switch over an enum of core/trace/kinds.def ends in `default`, so no compiler finds it "
                         "when a row is added; write out the cases, or ask core/trace/kinds.hpp for a property")
    return found


def check(root):
    found = []
    for part in PARTS:
        for path in sorted((root / part).rglob("*.[ch]pp")):
            found += violations(path.relative_to(root).as_posix(), path.read_text())
    return found


def main(arguments):
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parent.parent
    found = check(root)
    for violation in found:
        print(violation)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
