"""A conformance program on real asyncio as `loopscope record` can record it.

    loopscope record --watch symbol --switch 0=STORAGE recorded.py PROGRAM.json [LINES]

The program's variable is a global of this file, and STORAGE answers its reads.  What each print
says, but for its time, goes to standard output, and all lines with their times into the file
LINES.  Recorders know tasks by what call_soon gets, so the loop charges for handles as they are
taken from its queue, and not by wrapping them.  The exit status is 3 for a program that nests too
deep for CPython.
"""

import asyncio
import collections
import gc
import json
import os
import sys

import virtual_loop
from operations import Operations
from reference import TOO_DEEP

symbol = "."


class Symbol:
    """The program's variable, with the methods that the operations call."""

    def get(self):
        """Return the value."""
        return symbol

    def set(self, value):
        """Set the value."""
        global symbol
        symbol = value


class Telling(Operations):
    """Operations that print what they say as well."""

    def print(self, text):
        """Add a line, and print it without its time."""
        super().print(text)
        sys.stdout.write(self.lines[-1].split(" ", 1)[1] + "\n")


class ChargedQueue(collections.deque):
    """The ready queue of a loop that charges for each handle that was taken from it and ran."""

    loop = None
    owed = False

    def popleft(self):
        """Charge for the handle before, and take the next one; those that were cancelled do not run."""
        self.settle()
        handle = super().popleft()
        self.owed = not handle._cancelled
        return handle

    def settle(self):
        """Charge for the last handle."""
        if self.owed:
            self.owed = False
            self.loop.advance(self.loop._step_cost)


class ChargedLoop(virtual_loop.VirtualLoop, asyncio.SelectorEventLoop):
    """VirtualLoop, but that handles are as the loop's user made them, and iterations asyncio's own."""

    call_soon = asyncio.SelectorEventLoop.call_soon
    call_at = asyncio.SelectorEventLoop.call_at
    _process_events = asyncio.SelectorEventLoop._process_events

    def __init__(self, step_cost):
        super().__init__(step_cost)
        self._ready = ChargedQueue()
        self._ready.loop = self
        self._selector.select = self._wait

    def _wait(self, timeout):
        """Wait as _Waiting does, once all is charged for.  What asyncio has subtracted the time from is due then."""
        before = self._now
        self._ready.settle()
        if timeout is None:
            raise virtual_loop.Deadlock
        if timeout > 0:
            self.advance(max(0, before + timeout - self._now))
        return []


def outcome(loop, roots):
    """Run the root tasks; return how it ended."""
    try:
        loop.run_until_complete(asyncio.gather(*roots))
    except virtual_loop.Deadlock:
        return "deadlock"
    except (Exception, asyncio.CancelledError, BaseExceptionGroup) as exception:
        return type(exception).__name__
    return "ok"


def main():
    """Run the program, and leave without running what is pending."""
    gc.disable()
    with open(sys.argv[1], encoding="utf-8") as file:
        program = json.load(file)
    loop = ChargedLoop(program["step_cost"])
    asyncio.set_event_loop(loop)
    operations = Telling(program, loop, Symbol())
    loop.set_exception_handler(operations.handle_exception)
    roots = [operations.create_task(coroutine, name) for coroutine, name in program["roots"]]
    how = outcome(loop, roots)
    loop._ready.settle()
    lines = operations.lines + [f"end {int(loop.time())} {how}"]
    if len(sys.argv) > 2:
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
    sys.stdout.flush()
    os._exit(TOO_DEEP if operations.recursion_error else 0)


if __name__ == "__main__":
    main()
