#!/bin/sh
# Expected: where asyncio.Task(..., eager_start=True, context=c) cannot start, for c is entered already, RuntimeError is raised and the task that made the
# call is the current one as before: what fails before it begins changes nothing.
# What happens: the error is raised, and from then on asyncio.current_task() is the task that never ran, in the middle of the caller's own step. All that
# the caller does until its step ends is put down to that task. CPython 3.12.1 and 3.13.0 alike; those before 3.12 have no eager tasks.
# Matters to: recorders and loggers that ask asyncio.current_task() who runs: reads, writes and log lines get the name of a task that has no step. Who
# shows such a loop has to go by the step of the handle, not by current_task().
#
# Runs every python3.12 to python3.14 that is in PATH; no package is needed. Ends with 77 if there is none.
set -eu

program='
import asyncio, contextvars, os, sys

async def child():
    return 1

async def main():
    asyncio.current_task().set_name("caller")
    said = []

    def start():
        coroutine = child()
        try:
            asyncio.Task(coroutine, loop=asyncio.get_running_loop(), name="child", eager_start=True, context=own)
        except RuntimeError:
            said.append("raised")
        coroutine.close()

    own = contextvars.copy_context()
    own.run(start)
    said.append(asyncio.current_task().get_name() + " is current")
    print(sys.version.split()[0], *said, sep=": ", flush=True)
    os._exit(0)  # the answer is here; how the program would go on is not asked

asyncio.run(main())
'

asked=0
for minor in 12 13 14; do
    python=python3.$minor
    "$python" -c '' 2>/dev/null || continue
    said=$("$python" -W ignore -c "$program")
    echo "$said"
    asked=1
    case $said in
    *": raised: child is current") ;;
    *)
        echo "CPython ${said%%:*} keeps the current task, or does not raise: the behaviour has changed." >&2
        exit 1
        ;;
    esac
done
[ "$asked" = 1 ] || {
    echo "There is no python3.12, python3.13 or python3.14 in PATH." >&2
    exit 77
}
echo "As described: the task that could not start is the current one."
