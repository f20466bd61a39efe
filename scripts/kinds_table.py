#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The tables of docs/trace_format.md that say what events there are, from core/trace/kinds.def: kinds_table.py [--write]

Without --write it exits with 1 and a sentence if the page says anything else than the source.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = "core/trace/kinds.def"
PAGE = "docs/trace_format.md"
COMMAND = "python3 scripts/kinds_table.py --write"
BEGIN = "<!-- The tables from here on are written by scripts/kinds_table.py. -->\n"
END = "<!-- Here they end. -->\n"

ROW = re.compile(r'LOOPSCOPE_([A-Z]+)\(((?:"(?:[^"\\]|\\.)*"|[^")])*)\)', re.DOTALL)
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
COMMENT = re.compile(r"^\s*(//|#).*$", re.MULTILINE)

PLACES = {"at_start": "first", "outside": "between handles", "in_callback": "in a callback", "in_step": "in a step",
          "in_job": "in a job"}
TAGS = ("Resume", "Wait", "Outcome", "Callback", "Start", "Named", "Cancel", "Ending", "Flow", "Track")


def rows(source):
    """Each row of the table of a source: what it is of, its words, and its meaning."""
    found = []
    for what, inside in ROW.findall(COMMENT.sub("", source)):
        meaning = "".join(TEXT.findall(inside))
        words = [word.strip() for word in TEXT.sub("", inside).split(",")]
        found.append((what, [word for word in words if word], meaning))
    return found


def cell(text):
    return text.replace("|", "\\|")


def tables(source):
    """The tables, as Markdown."""
    all_rows = rows(source)
    lines = ["| kind | is called | may stand | means |", "|---|---|---|---|"]
    for what, words, meaning in all_rows:
        if what == "KIND":
            lines.append(f"| {words[1]} | `{words[0]}` | {PLACES.get(words[2], words[2].replace('_', ' '))} | {cell(meaning)} |")
    lines += ["", "| tag | value | is called | means |", "|---|---|---|---|"]
    for tag in TAGS:
        for what, words, meaning in all_rows:
            if what != tag.upper():
                continue
            names = f"; `a`: {words[2]}" if tag == "Wait" and words[2] != "nothing" else ""
            lines.append(f"| {tag} | {words[1]} | `{words[0]}` | {cell(meaning)}{names} |")
    return "\n".join(lines) + "\n"


def with_tables(page, source):
    """The page with the tables of a source, where its own stand."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{tables(source)}\n{END}{after}"


def complaint(page, source):
    """What is wrong with a page, as a sentence; None if nothing is."""
    if BEGIN not in page or END not in page:
        return f"{PAGE} has lost the two lines between which its tables stand; take them from scripts/kinds_table.py"
    if page != with_tables(page, source):
        return f"the tables in {PAGE} do not say what {SOURCE} says; write them anew: {COMMAND}"
    return None


def main(arguments):
    page = ROOT / PAGE
    source = (ROOT / SOURCE).read_text()
    text = page.read_text()
    if arguments == ["--write"] and BEGIN in text and END in text:
        text = with_tables(text, source)
        page.write_text(text)
    wrong = complaint(text, source)
    if wrong:
        print(wrong, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
