# SPDX-License-Identifier: MIT
"""Reads what `loopscope --help` says of its commands and options: the manual page and the completions are made from that."""

import dataclasses
import re
import subprocess

# An entry of a list: its name, two spaces at least, and what it does. A name that is too long for its column stands on a line of its own.
ENTRY = re.compile(r"  (\S.*?)(?:  +(\S.*))?$")
FILES = {"FILE", "IN", "OUT", "SCRIPT"}


@dataclasses.dataclass
class Option:
    """An option or a positional argument."""

    names: list  # "-o", "--output"; of a positional one its name in capitals
    value: str  # "TEXT"; "" for none
    default: str
    text: str

    @property
    def wants_file(self):
        """Whether its value is, or may be, the name of a file."""
        return self.names[0] in FILES or self.names[-1] in ("--save", "--chrome", "--perfetto", "--png", "--svg", "--output", "--python", "--pictures", "--html")


@dataclasses.dataclass
class Command:
    """A command: the program itself has the name ""."""

    name: str
    text: str
    usage: str
    positionals: list
    options: list
    commands: list
    notes: list  # sentences below the lists


def output_of(program, *words):
    """Returns what the program prints; raises CalledProcessError where it fails."""
    return subprocess.run([program, *words], capture_output=True, text=True, check=True).stdout


def option_of(name, text):
    """Returns the Option of an entry such as "-o,--output TEXT=a REQUIRED"."""
    names, _, value = name.partition(" ")
    value = value.replace("REQUIRED", "").replace("...", "").strip()
    value, _, default = value.partition("=")
    return Option(names.split(","), value, default, text)


def entries_of(lines):
    """Returns name and text of each entry of a list; a text may go on below its beginning."""
    entries = []
    for line in lines:
        entry = ENTRY.match(line)
        if entry and not line.startswith("   "):
            entries.append([entry[1], entry[2] or ""])
        elif entries:
            entries[-1][1] = f"{entries[-1][1]} {line.strip()}".strip()
    return entries


def command_of(name, text):
    """Returns the Command that a help text describes."""
    parts = {"": []}
    part = ""
    for line in text.splitlines():
        if re.fullmatch(r"(Positionals|Options|Subcommands):", line):
            part = line[:-1]
            parts[part] = []
        elif line.strip() and not line.startswith(" "):
            part = ""
            parts[part].append(line)
        elif line.strip():
            parts[part].append(line)
    about, *rest = parts[""]
    usage = next((line.partition(":")[2].strip() for line in rest if line.startswith("Usage:")), "")
    notes = [line for line in rest if not line.startswith("Usage:")]
    options = [option_of(*entry) for entry in entries_of(parts.get("Options", []))]
    positionals = [option_of(*entry) for entry in entries_of(parts.get("Positionals", []))]
    return Command(name, about, usage, positionals, options, [entry[0] for entry in entries_of(parts.get("Subcommands", []))], notes)


def read(program):
    """Returns the program's own Command, and those of its commands, in their order."""
    main = command_of("", output_of(program, "--help"))
    return main, [command_of(name, output_of(program, name, "--help")) for name in main.commands]
