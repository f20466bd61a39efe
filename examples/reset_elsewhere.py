"""A value that is reset in another context, and so stays where it was set.

Symptom: a health check, which has no ID, is logged under the ID of the query before it, and there is a ValueError: "was created in a different Context".

An async generator runs in its caller's context, and so does its `set`. One that is left half read is closed by a task of the loop's, which has a copy:
`reset` fails there. Cure: close it where it is read (`--fixed`), as `contextlib.aclosing` does.
"""

import asyncio
import contextvars
import sys

FIXED = "--fixed" in sys.argv
request_id = contextvars.ContextVar("request_id", default="-")


def log(text):
    print(f"[{request_id.get()}] {text}")


async def rows(request):
    token = request_id.set(request)
    try:
        for number in range(3):
            yield number
    finally:
        request_id.reset(token)


async def find_first(request):
    log(f"finds row {await (found := rows(request)).__anext__()}")
    if FIXED:
        await found.aclose()


async def serve(requests):
    while True:
        request, answered = await requests.get()
        if request == "health":
            log("is healthy")
        else:
            await find_first(request)
        answered.set()


async def ask(requests, request):
    requests.put_nowait((request, answered := asyncio.Event()))
    await answered.wait()


async def main():
    requests = asyncio.Queue()
    server = asyncio.ensure_future(serve(requests))
    for request in ("r1", "health", "r2", "health"):
        await asyncio.create_task(ask(requests, request), name=f"ask({request})")
    server.cancel()


asyncio.run(main())
