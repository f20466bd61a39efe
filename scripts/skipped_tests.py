#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Says which tests were skipped, and why, by the report that `ctest --output-junit FILE` writes: skipped_tests.py FILE"""

import pathlib
import re
import sys
import xml.etree.ElementTree

SAYS_WHY = (
    re.compile(r"^\S+: Skipped\n(.+)$", re.MULTILINE),  # GoogleTest
    re.compile(r"\.\.\. skipped (['\"])(?P<reason>.+)\1$", re.MULTILINE),  # unittest -v
)


def reason_in(output):
    """Returns why a test was skipped: what its framework says about that, or else what it said last."""
    for form in SAYS_WHY:
        if found := form.search(output):
            return found[form.groups].strip()
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "it does not say why"


def skipped_in(report):
    """Returns the name of each test that was skipped, in their order, with the reason."""
    cases = xml.etree.ElementTree.fromstring(report).iter("testcase")
    return [(each.get("name"), reason_in(each.findtext("system-out") or "")) for each in cases if each.find("skipped") is not None]


def main():
    for name, reason in skipped_in(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8", errors="replace")):
        print(f"Skipped: {name}: {reason}")


if __name__ == "__main__":
    main()
