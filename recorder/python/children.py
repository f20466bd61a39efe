# SPDX-License-Identifier: MIT
"""Programs that the recorded one starts (--children): each has a spool of its own beside this one's.

A child that is another Python finds this folder's sitecustomize.py by PYTHONPATH; `python -I` and `python -S` pass it by. A child that is made
by fork begins its own spool at once, unless there is no room for it."""

import json
import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
VARIABLE = "LOOPSCOPE_RECORDER"


def record_too(said, begin_in_child):
    """Lets all children of this process be recorded as `said` says. `begin_in_child` is called in those that are made by fork."""
    options = {name: value for name, value in vars(said).items() if name not in ("argv", "module")}
    options["schedule"] = None  # is one program's
    options["folder"] = os.path.abspath(said.folder)
    os.environ[VARIABLE] = json.dumps(options)
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if FOLDER not in paths:
        os.environ["PYTHONPATH"] = os.pathsep.join([FOLDER, *(path for path in paths if path)])
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=begin_in_child)


def begin_in_python():
    """Begins the recording of a Python that was started by a recorded program: called by sitecustomize, before the program's own code. Its
    `__main__` is Python's own affair, so --watch means globals of other modules only."""
    import types

    from loopscope_recorder import recorder

    said = types.SimpleNamespace(**json.loads(os.environ[VARIABLE]))
    said.switches = [tuple(switch) for switch in said.switches]
    said.argv, said.module = list(getattr(sys, "orig_argv", sys.argv))[1:], False
    recorder.Recording.is_child = True
    recorder.begin(said)
