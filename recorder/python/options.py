# SPDX-License-Identifier: MIT
"""The launcher's command line."""

import math
import types

from loopscope_recorder import schedule

STORAGES = ("argument", "global", "thread-local", "context-shared", "context-copy", "context-chainmap", "contextvar")
LINES = ("none", "user", "all")
WITH_VALUE = ("--watch", "--switch", "--lines", "--limit", "--schedule")
FLAGS = ("--virtual", "--children", "--live", "--paused", "--fallback", "--explore")


class WrongOption(Exception):
    """Says, in a sentence for the user, what is wrong with the command line."""


def storage_number(name):
    """Returns the number of a storage; an underscore counts as a hyphen. Raises WrongOption."""
    wanted = name.replace("_", "-")
    if wanted not in STORAGES:
        raise WrongOption(f"there is no storage '{name}'; choose one of {', '.join(STORAGES)}.")
    return STORAGES.index(wanted)


def parse_switch(text):
    """Returns (seconds, name or None, storage's number) of TIME=[NAME:]STORAGE. Raises WrongOption."""
    time, separator, rest = text.partition("=")
    try:
        seconds = float(time)
    except ValueError:
        seconds = math.nan
    if not separator or not 0 <= seconds < math.inf:
        raise WrongOption(f"'--switch {text}' is not TIME=STORAGE or TIME=NAME:STORAGE, with a time in seconds.")
    name, _, storage = rest.rpartition(":")
    return seconds, name or None, storage_number(storage)


def parse_limit(text):
    """Returns a number of bytes. Raises WrongOption."""
    if not text.isdecimal():
        raise WrongOption(f"'--limit {text}' is not a number of bytes.")
    return int(text)


def parse(arguments):
    """Returns what `launch.py FOLDER [OPTION]... SCRIPT [ARGUMENT]...` says: a namespace of folder, watch, switches (sorted by time), virtual,
    children, live, paused, fallback, explore, schedule (its text, or None), lines (its number in LINES), limit, module (whether -m was said), and
    argv, the program's. Raises WrongOption."""
    rest = list(arguments)
    said = types.SimpleNamespace(watch=[], switches=[], lines=1, limit=0, module=False, schedule=None, **{flag[2:]: False for flag in FLAGS})
    if not rest:
        raise WrongOption("launch.py wants a folder and a script.")
    said.folder = rest.pop(0)
    while rest and rest[0].startswith("-"):
        option = rest.pop(0)
        if option in FLAGS:
            setattr(said, option[2:], True)
            continue
        if option not in WITH_VALUE and option != "-m":
            raise WrongOption(f"there is no option '{option}'.")
        if not rest:
            raise WrongOption(f"'{option}' wants a value.")
        if option == "-m":
            said.module = True
            break
        set_value(said, option, rest.pop(0))
    if not rest:
        raise WrongOption("no script is named.")
    said.argv = rest
    said.virtual |= said.explore or said.schedule is not None
    if said.explore:
        said.children = said.live = said.paused = False  # nobody looks on, and what a child does no schedule orders
    said.switches.sort(key=lambda switch: switch[0])
    return said


def set_value(said, option, value):
    """Sets what an option with a value says. Raises WrongOption."""
    if option == "--watch":
        if not all(part.isidentifier() for part in value.split(".")):
            raise WrongOption(f"'--watch {value}' is no name of a global or of a class attribute.")
        said.watch.append(value)
    elif option == "--switch":
        said.switches.append(parse_switch(value))
    elif option == "--limit":
        said.limit = parse_limit(value)
    elif option == "--schedule":
        set_schedule(said, value)
    else:
        if value not in LINES:
            raise WrongOption(f"'--lines {value}' is none of {', '.join(LINES)}.")
        said.lines = LINES.index(value)


def set_schedule(said, value):
    """Sets the schedule that is followed. Raises WrongOption."""
    try:
        schedule.parse(value)
    except schedule.WrongSchedule as wrong:
        raise WrongOption(str(wrong)) from None
    said.schedule = value
