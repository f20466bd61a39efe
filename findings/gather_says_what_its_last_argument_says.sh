#!/bin/sh
# Expected: a gather(…, return_exceptions=True) that is cancelled raises a CancelledError with the message of the request, or with that of the child whose end
# ended it.
# What happens: it has the message of the LAST ARGUMENT, whichever ended last, and none if that one was not cancelled: the callback's variable `fut` is used as
# the loop's variable over all children a few lines before `fut._make_cancelled_error()` (Lib/asyncio/tasks.py, gather, _done_callback). CPython 3.11.7, 3.12.1 and 3.13.0 alike; the lines are the same in 3.14.2.
# Matters to: whoever passes the reason of a cancellation on as its message, and to implementations of asyncio's order.
#
# Runs every python3.11 to python3.14 that is in PATH; no package is needed. Ends with 77 if there is none.
set -eu

program='
import asyncio, sys

async def child():
    await asyncio.sleep(3600)

async def done():
    return 1

async def said(*children):
    async def gathers():
        await asyncio.gather(*children, return_exceptions=True)
    task = asyncio.ensure_future(gathers())
    await asyncio.sleep(0.01)
    task.cancel("why")
    try:
        await task
    except asyncio.CancelledError as error:
        return "".join(error.args) or "nothing"

async def main():
    last = await said(done(), child())
    first = await said(child(), done())
    print(sys.version.split()[0], "cancelled last: " + last, "cancelled first: " + first, sep="; ")

asyncio.run(main())
'

asked=0
for minor in 11 12 13 14; do
    python=python3.$minor
    "$python" -c '' 2>/dev/null || continue
    said=$("$python" -c "$program")
    echo "$said"
    asked=1
    case $said in
    *"; cancelled last: why; cancelled first: nothing") ;;
    *)
        echo "CPython ${said%%;*} says something else: the behaviour has changed." >&2
        exit 1
        ;;
    esac
done
[ "$asked" = 1 ] || {
    echo "There is no python3.11 to python3.14 in PATH." >&2
    exit 77
}
echo "As described: the message is that of the last argument."
