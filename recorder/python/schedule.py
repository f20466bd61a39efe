# SPDX-License-Identifier: MIT
"""Schedules: what may happen in another order than asyncio's own. The same as core/explore/schedule.cpp, so that a schedule means the same on both sides."""

import functools
import math

TIE, JITTER, READY, IO, SET, THREAD = range(6)  # Freedom of core/loop/chooser.hpp
WORDS = ("ties", "io", "sets", "threads", "ready")
JITTER_PARTS = 2  # an iteration begins late by none, half, or all of the jitter


class WrongSchedule(Exception):
    """Says, in a sentence for the user, what is wrong with a schedule."""


class Schedule:
    """What is free, `jitter` in nanoseconds, and the alternative that is taken at each point that `choices` has; at all others it is 0."""

    def __init__(self):
        self.ties = self.io = self.sets = self.threads = self.ready = False
        self.jitter = 0
        self.choices = {}


def wrong(word):
    """Returns what is raised for a word that has no meaning."""
    return WrongSchedule(
        f"'{word}' is not part of a schedule: write ties, jitter=SECONDS, io, sets, threads, ready, or POINT=ALTERNATIVE, such as 12=1."
    )


def jitter_of(word, value):
    """Returns the nanoseconds of jitter=SECONDS. Raises WrongSchedule."""
    try:
        seconds = float(value)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= 3600:
        raise wrong(word)
    return round(seconds * 1e9)


@functools.lru_cache(maxsize=16)  # random ones are of one text
def parse(text):
    """Returns the Schedule that a text such as "ties,jitter=0.05,12=1" says, which nobody changes. Raises WrongSchedule."""
    schedule = Schedule()
    for word in filter(None, text.split(",")):
        name, equals, value = word.partition("=")
        if word in WORDS:
            setattr(schedule, word, True)
        elif name == "jitter" and equals:
            schedule.jitter = jitter_of(word, value)
        elif name.isdecimal() and value.isdecimal():
            schedule.choices[int(name)] = int(value)
        else:
            raise wrong(word)
    return schedule
