"""A server of aiohttp under load, with its clients: server_aiohttp.py REQUESTS CLIENTS [uvloop]

Each request has an ID of its own, which the middleware sets. It is logged before and after a wait, by a task that the handler creates, and by a callback.
Says at the end how many replies had the ID that was asked with, and on stderr how many seconds of CPU time that took.
"""

import asyncio
import contextvars
import sys
import time

from aiohttp import ClientSession, TCPConnector, web

request_id = contextvars.ContextVar("request_id", default="-")


def log(text):
    """Logs under the current request's ID what should have that ID."""
    print(f"[{request_id.get()}] {text}")


@web.middleware
async def identify(request, handler):
    """Sets the request's ID."""
    request_id.set(request.match_info["id"])
    return await handler(request)


async def look_up(name):
    """Logs as a task of its own."""
    await asyncio.sleep(0)
    log(f"looks up {name}")


async def answer(request):
    """Answers with the ID that is current after a wait."""
    name = request.match_info["id"]
    log(f"begins {name}")
    asyncio.get_running_loop().call_soon(log, f"calls back {name}")
    await asyncio.gather(look_up(name), asyncio.sleep(0.001))
    log(f"ends {name}")
    return web.Response(text=request_id.get())


async def ask(session, address, numbers):
    """Asks for one number after the other, and returns how many replies were right."""
    right = 0
    for number in numbers:
        async with session.get(f"{address}/r{number}") as response:
            right += await response.text() == f"r{number}"
    return right


async def main(requests, clients):
    """Starts the server and its clients."""
    runner = web.AppRunner(web.Application(middlewares=[identify]))
    runner.app.add_routes([web.get("/{id}", answer)])
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = "http://127.0.0.1:%d" % runner.addresses[0][1]
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        right = await asyncio.gather(*(ask(session, address, range(first, requests, clients)) for first in range(clients)))
    await runner.cleanup()
    print(sum(right), "replies right,", type(asyncio.get_running_loop()).__module__)


if sys.argv[3:] == ["uvloop"]:
    import uvloop

    uvloop.install()
asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
print(time.process_time(), "s", file=sys.stderr)
