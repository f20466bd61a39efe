# SPDX-License-Identifier: MIT
"""Tests under the loops of simloop and simloom, which run a test under seed after seed: what is recorded is one run, that of the seed that failed.

Both make a loop for each run. simloop (0.2.2) stops with the seed that fails, so that is the last loop. simloom (0.5.0) runs the test again and again to
shorten what it has found, on loops that replay a tape: the run before the first of these is the one that failed."""

import functools
import sys

LOOPS = {"simloop": "simloop._loop", "simloom": "simloom._loop"}


def watch(recorder):
    """Has `recorder` begin anew with each loop that one of these testers makes, if they are imported; to be called again once more is."""
    for name, place in LOOPS.items():
        kind = getattr(sys.modules.get(place), "SimLoop", None)
        if kind is not None and not hasattr(kind.__init__, "loopscope"):
            kind.__init__ = wrapped(kind.__init__, name, recorder)


def wrapped(init, name, recorder):
    """Returns a loop's `__init__` that begins the recording of another run."""

    @functools.wraps(init)
    def __init__(self, *args, **options):
        init(self, *args, **options)
        tape = getattr(self, "_tape", None)
        if getattr(tape, "is_replay", False):
            recorder.stand_still()
        else:
            recorder.begin_run(f"{name} seed {getattr(self if tape is None else tape, '_seed', 'unknown')}")

    __init__.loopscope = name
    return __init__
