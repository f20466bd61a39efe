# SPDX-License-Identifier: MIT
"""Begins the recording of a Python that a recorded program has started (children.py), and then does what a sitecustomize of that Python's
own would do. Nothing of this is left on sys.path."""

import os
import sys


def begin():
    """Begins the recording, and takes this folder off sys.path."""
    folder = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != folder]
    if "LOOPSCOPE_RECORDER" not in os.environ or sys.version_info < (3, 8) or sys.implementation.name != "cpython":
        return
    package = type(sys)("loopscope_recorder")
    package.__path__ = [folder]
    sys.modules["loopscope_recorder"] = package
    from loopscope_recorder import children

    children.begin_in_python()


def run_own():
    """Runs the sitecustomize that this one stands before, if there is one."""
    del sys.modules["sitecustomize"]
    try:
        import sitecustomize  # noqa: F401
    except ImportError as error:
        if error.name != "sitecustomize":
            raise
        sys.modules["sitecustomize"] = ours


ours = sys.modules["sitecustomize"]
begin()
run_own()
