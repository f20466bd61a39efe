"""Prints what a program sees of how it was started."""

import inspect
import os
import sys
import traceback
import warnings

here = os.getcwd()
main = sys.modules["__main__"]
print(__name__, __file__, __doc__, __package__, __spec__ and (__spec__.name, __spec__.origin), type(__loader__).__name__, __builtins__)
print(list(globals()))
print(sys.argv, sys.path[0] == os.path.dirname(os.path.realpath(__file__)), [path for path in sys.path if "recorder" in os.path.basename(path)])
print(getattr(sys, "orig_argv", ["", *sys.argv])[1:], main.__dict__ is globals(), sys.flags)
print(inspect.getsource(inspect.currentframe()) == open(__file__, encoding="utf-8").read(), inspect.getmodule(inspect.currentframe()) is main)
print(sys.stdin.read(), sys.stdout.isatty(), sys.stdout.fileno(), sys.stderr.fileno())


def warn():
    warnings.warn("said")


warn()
try:
    import options
except ImportError as error:
    print(error)
try:
    raise ValueError("printed")
except ValueError:
    traceback.print_exc()
