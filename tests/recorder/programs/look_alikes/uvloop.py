"""Looks like uvloop."""

import asyncio


class Loop(asyncio.SelectorEventLoop):
    """A loop."""


def new_event_loop():
    """Returns a loop."""
    return Loop()
