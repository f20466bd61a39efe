#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the manual page from what the program says of itself:  man_page.py LOOPSCOPE VERSION DATE > loopscope.1

DATE is YYYY-MM-DD. The page is in the man macros (man(7)).
"""

import argparse
import sys

import help_model

HEAD = """.TH LOOPSCOPE 1 "{date}" "Loopscope {version}" "User Commands"
.SH NAME
loopscope \\- see how an event loop interleaves coroutines, and where they keep their state
.SH SYNOPSIS
.B loopscope
.RI [ OPTIONS ]
.RI [ FILE ]
.br
.B loopscope
.I COMMAND
.RI [ OPTIONS ]
.SH DESCRIPTION
Without a command the window opens, on a program of the catalogue or on a trace. In it one steps an event loop handle by handle, back as
well, selects where tasks keep their variables, and asks why each of them reads what it reads. Traces are of Loopscope's own programs, of
Python programs that it records, or of other tools.
"""
TAIL = """.SH EXIT STATUS
.TP
.B 0
All is well.
.TP
.B 1
Something could not be done; a sentence on standard error says what, and what to do.
.PP
.B record
and
.B live
end with the exit code of the program that they run, or with 128 and the number of the signal that ended it.
.SH EXAMPLES
.TP
.B loopscope
opens the window on four coroutines that print what a global holds.
.TP
.B loopscope run indication \\-\\-storage contextvar
prints what they print with a context for each task.
.TP
.B loopscope record \\-o run.loopscope server.py
records a Python program.
.TP
.B loopscope open run.loopscope
opens the window on it.
"""


def escaped(text):
    """Returns a text as roff takes it."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga")
    return "\\&" + text if text.startswith((".", "'")) else text


def items(options):
    """Returns the lines of a list of options."""
    lines = []
    for option in options:
        names = ", ".join(f"\\fB{escaped(name)}\\fR" for name in option.names)
        value = f" \\fI{escaped(option.value)}\\fR" if option.value else ""
        default = f" (unless said: {option.default})" if option.default else ""
        lines += [".TP", names + value, escaped(option.text + default)]
    return lines


def page(main, commands, version, date):
    """Returns the page."""
    lines = [HEAD.format(date=date, version=version) + ".SH OPTIONS", *items(main.options), ".SH COMMANDS"]
    for command in commands:
        lines += [f".SS \\fBloopscope {escaped(command.name)}\\fR{escaped(command.usage.partition('loopscope ' + command.name)[2])}"]
        lines += [escaped(command.text[0].upper() + command.text[1:] + "."), *items([*command.positionals, *command.options[1:]])]
        for note in command.notes:
            lines += [".PP", escaped(note)]
    return "\n".join(lines) + "\n" + TAIL


def main():
    """Writes the page to standard output."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("version")
    parser.add_argument("date")
    arguments = parser.parse_args()
    sys.stdout.write(page(*help_model.read(arguments.program), arguments.version, arguments.date))


if __name__ == "__main__":
    main()
