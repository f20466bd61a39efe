# SPDX-License-Identifier: MIT
"""What the command line and a test's mark ask for."""

import types

import pytest

OPTIONS = ("jitter", "freedoms", "seed")


def parse(text):
    """Returns what `--loopscope` says: mode ("fail", "explore" or "schedule"), schedules (how many), schedule. Raises pytest.UsageError."""
    mode, separator, value = text.partition(":")
    if mode == "fail" and not separator:
        return types.SimpleNamespace(mode=mode, schedules=0, schedule="")
    if mode == "explore" and value.isdecimal() and int(value) > 0:
        return types.SimpleNamespace(mode=mode, schedules=int(value), schedule="")
    if mode == "schedule" and separator:
        return types.SimpleNamespace(mode=mode, schedules=0, schedule=value)
    raise pytest.UsageError(f"--loopscope cannot be '{text}': it has to be fail, explore:200 (how many schedules) or schedule:SCHEDULE")


def what_is_wrong(mark):
    """Returns what is wrong with a test's mark; "" where nothing is."""
    wrong = [*mark.args, *(name for name in mark.kwargs if name not in OPTIONS)]
    return f"the mark 'loopscope' takes {', '.join(OPTIONS)}, each by its name, and not '{wrong[0]}'" if wrong else ""


def options_of(mark):
    """Returns the options of `loopscope explore` that a mark asks for."""
    return [word for name in OPTIONS if name in mark.kwargs for word in (f"--{name}", str(mark.kwargs[name]))]
