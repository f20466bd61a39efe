"""A timer that pins the context of the request that started it.

Symptom: a cache that refreshes itself does so under the ID of a request that is long over, for ever.

`call_later` copies the context of its caller, as `call_soon` and `create_task` do. A timer that starts the next one hands that copy on and on, and each
task that it creates begins with it. Cure: start what belongs to no request in an empty context (`--fixed`).
"""

import asyncio
import contextvars
import sys

FIXED = "--fixed" in sys.argv
request_id = contextvars.ContextVar("request_id", default="-")


def log(text):
    print(f"[{request_id.get()}] {text}")


class Prices:
    """A cache that begins to refresh itself when it is used for the first time."""

    def __init__(self):
        self.timer = None

    def look_up(self):
        if self.timer is None:
            self.tick(contextvars.Context() if FIXED else None)

    def tick(self, context=None):
        self.timer = asyncio.get_running_loop().call_later(60, self.refresh_soon, context=context)

    def refresh_soon(self):
        asyncio.ensure_future(self.refresh())
        self.tick()

    async def refresh(self):
        log("refreshes the prices")


async def handle(prices, request):
    request_id.set(request)
    prices.look_up()
    log("is answered")


async def main():
    prices = Prices()
    for request in ("r1", "r2", "r3"):
        await asyncio.ensure_future(handle(prices, request))
        await asyncio.sleep(50)


asyncio.run(main())
