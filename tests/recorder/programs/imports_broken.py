"""Imports a module that has an error, one that fails, and one that is not there."""

import traceback

x = 1
for name in ("broken", "failing", "missing"):
    try:
        __import__(name)
    except Exception:
        traceback.print_exc()
