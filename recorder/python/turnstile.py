"""Executors under a schedule."""

import gc
from concurrent.futures import thread as pools


def shut_executors():
    """Lets the executors that are left run what they have, and ends their threads, as Python does at its end (concurrent/futures/thread.py)."""
    for each in gc.get_objects():
        if issubclass(type(each), pools.ThreadPoolExecutor) and each._threads:
            each.shutdown(wait=True)
