"""A Starlette application that uvicorn serves, under load, with its clients: server_uvicorn.py REQUESTS CLIENTS [uvloop]

What is logged, and what is said at the end, is that of server_aiohttp.py; here structlog keeps the ID in its context variables and writes the log.
"""

import asyncio
import socket
import sys
import time

import structlog
import uvicorn
from aiohttp import ClientSession, TCPConnector
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


def render(logger, method, said):
    """Renders a line of the log as the other servers' programs do."""
    return f"[{said.get('request_id', '-')}] {said['event']}"


structlog.configure(processors=[structlog.contextvars.merge_contextvars, render], logger_factory=structlog.PrintLoggerFactory())
log = structlog.get_logger()


async def look_up(name):
    """Logs as a task of its own."""
    await asyncio.sleep(0)
    log.info(f"looks up {name}")


async def answer(request):
    """Answers with the ID that is current after a wait."""
    name = request.path_params["id"]
    log.info(f"begins {name}")
    asyncio.get_running_loop().call_soon(log.info, f"calls back {name}")
    await asyncio.gather(look_up(name), asyncio.sleep(0.001))
    log.info(f"ends {name}")
    return PlainTextResponse(structlog.contextvars.get_contextvars()["request_id"])


class Identify:
    """Sets the request's ID, as structlog's documentation has it."""

    def __init__(self, application):
        self.application = application

    async def __call__(self, scope, receive, send):
        """Serves one request."""
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=scope["path"][1:])
        await self.application(scope, receive, send)


async def ask(session, address, numbers):
    """Asks for one number after the other, and returns how many replies were right."""
    right = 0
    for number in numbers:
        async with session.get(f"{address}/r{number}") as response:
            right += await response.text() == f"r{number}"
    return right


async def main(requests, clients):
    """Starts the server and its clients."""
    listener = socket.create_server(("127.0.0.1", 0))
    application = Identify(Starlette(routes=[Route("/{id}", answer)]))
    server = uvicorn.Server(uvicorn.Config(application, log_config=None, access_log=False, lifespan="off"))
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    while not server.started:
        await asyncio.sleep(0.01)
    address = "http://127.0.0.1:%d" % listener.getsockname()[1]
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        right = await asyncio.gather(*(ask(session, address, range(first, requests, clients)) for first in range(clients)))
    server.should_exit = True
    await serving
    print(sum(right), "replies right,", type(asyncio.get_running_loop()).__module__)


if sys.argv[3:] == ["uvloop"]:
    import uvloop

    uvloop.install()
asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
print(time.process_time(), "s", file=sys.stderr)
