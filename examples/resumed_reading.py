"""A context that leaks out of a task through a transport's resumed reading: https://github.com/python/cpython/issues/140947

Symptom: a request is logged under the ID of the one before it on its connection, until it sets its own.

A server that is busy pauses the transport, and the task that has answered resumes it. `resume_reading` registers the socket with the loop again, and what
is registered runs in a copy of the context of that moment: the task's. So the next request is received in the context of the last one, and its task
inherits it. Cure: create the task of each request in an empty context (`--fixed`).
"""

import asyncio
import contextvars
import sys

FIXED = "--fixed" in sys.argv
request_id = contextvars.ContextVar("request_id", default="-")


def log(text):
    print(f"[{request_id.get()}] {text}")


class Server(asyncio.Protocol):
    """Answers one request at a time."""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.pause_reading()
        context = contextvars.Context() if FIXED else contextvars.copy_context()
        self.task = context.run(asyncio.ensure_future, self.answer(data.decode()))

    async def answer(self, request):
        log("takes a request")
        request_id.set(request)
        log("answers it")
        self.transport.write(b"done")
        self.transport.resume_reading()


async def main():
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    for request in ("r1", "r2", "r3"):
        writer.write(request.encode())
        await reader.readexactly(4)
    writer.close()
    server.close()


asyncio.run(main())
