"""Schedules: what may happen in another order than asyncio's own, and who chooses. The same as core/explore/schedule.cpp and chooser.cpp, so that a
schedule and a seed mean the same on both sides."""

import math

TIE, JITTER, READY, IO, SET, THREAD = range(6)  # Freedom of core/loop/chooser.hpp
WORDS = ("ties", "io", "sets", "threads", "ready")
JITTER_PARTS = 2  # an iteration begins late by none, half, or all of the jitter
MASK = (1 << 64) - 1


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


def parse(text):
    """Returns the Schedule that a text such as "ties,jitter=0.05,12=1" says. Raises WrongSchedule."""
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


class Chooser:
    """Makes a schedule's choices, then asyncio's own; or, with a seed, all at random. `tell(freedom, count, taken)` is called at each point."""

    def __init__(self, schedule, tell, seed=None):
        self.given = schedule.choices
        self.tell = tell
        self.state = seed
        self.point = 0

    def choose(self, freedom, count):
        """Returns one of `count` alternatives, two or more, from 0, which is asyncio's own."""
        taken = self.given.get(self.point, 0) if self.state is None else ((self.next_random() >> 32) * count) >> 32
        if taken >= count:
            taken = 0
        self.point += 1
        self.tell(freedom, count, taken)
        return taken

    def next_random(self):
        """Returns 64 random bits: splitmix64 (Steele, Lea and Flood 2014)."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return mixed ^ (mixed >> 31)

    def shuffled(self, freedom, items):
        """Returns a list in an order that is chosen: for each place with two or more left, which comes next."""
        left, chosen = list(items), []
        while len(left) > 1:
            chosen.append(left.pop(self.choose(freedom, len(left))))
        return chosen + left
