"""A value that is reset in another context, and so stays where it was set.

Symptom: a health check, which has no ID, is logged under the ID of the query before it; and the log has a ValueError: "was created in a different Context".

An async generator runs in the context of whoever asks it for its next value, so its `set` is the caller's. One that is left half read is closed by a
task that the loop creates for it, and a task has a copy of its own: `reset` fails there, and would be of no use. Cure: close the generator where it is
read (`--fixed`), as `contextlib.aclosing` does from Python 3.10 on.
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
    found = rows(request)
    log(f"finds row {await found.__anext__()}")
    if FIXED:
        await found.aclose()


async def serve(requests):
    while True:
        request = await requests.get()
        if request != "health":
            await find_first(request)
        else:
            log("is healthy")
        requests.task_done()


async def main():
    asyncio.get_running_loop().set_exception_handler(lambda loop, said: print(type(said["exception"]).__name__, "in a task of the loop's"))
    requests = asyncio.Queue()
    connection = asyncio.ensure_future(serve(requests))
    for request in ("r1", "health", "r2", "health"):
        requests.put_nowait(request)
        await requests.join()
    connection.cancel()


asyncio.run(main())
