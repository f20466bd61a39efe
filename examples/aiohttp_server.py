"""A server of aiohttp whose background task belongs to the first request.

Symptom: everything that is shipped is logged under the ID of the first request since the server was started.

The handler starts the task that ships when there is none yet, in the context of that request. Cure: hand the ID on with each order (`--fixed`).
"""

import asyncio
import contextvars
import sys

from aiohttp import ClientSession, TCPConnector, web

FIXED, state = "--fixed" in sys.argv, {}
request_id = contextvars.ContextVar("request_id", default="-")


def log(text):
    print(f"[{request_id.get()}] {text}")


@web.middleware
async def identify(request, handler):
    request_id.set(request.headers["X-Request-ID"])
    return await handler(request)


async def ship(orders):
    while True:
        asked_by, order, shipped = await orders.get()
        if FIXED:
            request_id.set(asked_by)
        log(f"ships {order}")
        shipped.set_result(None)


async def order(request):
    what, shipped = request.match_info["what"], asyncio.get_running_loop().create_future()
    log(f"orders {what}")
    if "shipping" not in state:
        state["shipping"] = asyncio.ensure_future(ship(state["orders"]))
    state["orders"].put_nowait((request_id.get(), what, shipped))
    await shipped
    return web.Response(text="shipped")


async def main():
    state["orders"] = asyncio.Queue()
    runner = web.AppRunner(web.Application(middlewares=[identify]))
    runner.app.router.add_get("/{what}", order)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession("http://127.0.0.1:%d" % runner.addresses[0][1], connector=TCPConnector(force_close=True)) as session:
        for request, what in (("r1", "apples"), ("r2", "bread"), ("r3", "cheese")):
            await session.get("/" + what, headers={"X-Request-ID": request})
    await runner.cleanup()


asyncio.run(main())
