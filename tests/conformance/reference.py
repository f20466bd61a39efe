"""Runs conformance programs on real asyncio and prints what they do.

    python3 reference.py PROGRAM.json     prints the program's lines
    python3 reference.py --batch          reads paths, a line each, from standard input

Any Python from 3.11 on; what it prints is what that version of asyncio does.

The second form answers each path with a line `EXIT_STATUS LENGTH` and then LENGTH bytes, the
output.  It forks for each program, so every one starts from the state of a fresh process.

The exit status is 0, 3 for a program that nests too deep for CPython and is no test case, or 4 for
one that uses what this version of asyncio has not, or this machine: threads.
"""

import asyncio
import contextvars
import gc
import json
import os
import pathlib
import sys

from operations import Operations, is_lacking
from virtual_loop import Deadlock, VirtualLoop

# The storages are those of the programs' Python twins.
sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "assets" / "programs"))
import storages

# What asyncio.run leaves threads to end, in ticks of a nanosecond; before 3.13 it set no timer.
JOIN_TIMEOUT = [300 * 10**9] if sys.version_info >= (3, 13) else []
TOO_DEEP = 3
LACKING = 4


def interpret(program, unnamed_before=0, kept=None):
    """Run a program; return its output, or None if it made CPython raise RecursionError.

    `unnamed_before` is how many tasks without a name this process has made before.  What the program
    leaves goes into the list `kept`, if there is one.
    """
    loop = VirtualLoop(program["step_cost"])
    asyncio.set_event_loop(loop)
    loop.set_task_factory(storages.select(program["storage"].replace("_", "-")).task_factory)
    loop.eager = program.get("eager", False)
    kind = contextvars.ContextVar if program["storage"] == "contextvar" else storages.Variable
    operations = Operations(program, loop, kind("symbol", default=program["default"]))
    operations.unnamed_before = unnamed_before
    if kept is not None:
        kept += [loop, operations]
    loop.set_exception_handler(operations.handle_exception)
    roots = [operations.create_task(coroutine, name) for coroutine, name in program["roots"]]
    how = _outcome(loop, roots)
    operations.lines.append(f"end {int(loop.time())} {how}")
    if program.get("closes") and how != "deadlock":
        how = _close(loop, operations)
        operations.lines.append(f"closed {int(loop.time())} {how}")
    if operations.recursion_error:
        return None
    return "".join(line + "\n" for line in operations.lines)


def _close(loop, operations):
    """End as asyncio.run does; return how that went."""
    all_tasks = asyncio.tasks.all_tasks
    asyncio.tasks.all_tasks = loop.unfinished_tasks  # in order
    try:
        asyncio.runners._cancel_all_tasks(loop)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor(*JOIN_TIMEOUT))
    except Deadlock:
        return "deadlock"
    except RecursionError:
        operations.recursion_error = True
    finally:
        asyncio.tasks.all_tasks = all_tasks
    return "ok"


def _outcome(loop, roots):
    """Run the root tasks; return how it ended."""
    try:
        loop.run_until_complete(asyncio.gather(*roots))
    except Deadlock:
        return "deadlock"
    except (Exception, asyncio.CancelledError, BaseExceptionGroup) as exception:
        return type(exception).__name__
    return "ok"


def run_file(path, output):
    """Interpret the program in a file, write what it prints to a descriptor, return the status."""
    try:
        with open(path, encoding="utf-8") as file:
            program = json.load(file)
        if is_lacking(program):
            return LACKING
        text = interpret(program)
    except (OSError, ValueError, KeyError) as error:
        print(f"{path} is no conformance program that can be read: {error!r}.", file=sys.stderr)
        return 1
    if text is None:
        return TOO_DEEP
    with os.fdopen(output, "wb", closefd=False) as stream:
        stream.write(text.encode())
    return 0


def exit_at_once(status):
    """End the process without running the `finally` blocks of tasks that are still pending."""
    sys.stderr.flush()
    os._exit(status)


def serve():
    """Answer every path on standard input until it ends."""
    for line in sys.stdin:
        status, output = _run_in_child(line.rstrip("\n"))
        sys.stdout.buffer.write(b"%d %d\n%s" % (status, len(output), output))
        sys.stdout.buffer.flush()


def _run_in_child(path):
    """Run one program in a forked process; return its exit status and its output."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = run_file(path, writing)
        finally:
            exit_at_once(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        output = stream.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), output


def main():
    """Read the command line."""
    gc.disable()  # nothing is collected half-way
    if len(sys.argv) != 2:
        sys.exit("Use it as: python3 reference.py PROGRAM.json (or --batch).")
    if sys.argv[1] == "--batch":
        serve()
        return
    status = run_file(sys.argv[1], sys.stdout.fileno())
    if status == TOO_DEEP:
        print("The program nests so deep that CPython raises RecursionError.", file=sys.stderr)
    if status == LACKING:
        print("The program uses what this version of asyncio has not.", file=sys.stderr)
    exit_at_once(status)


if __name__ == "__main__":
    main()
