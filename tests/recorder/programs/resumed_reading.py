"""A server that reads on once a request is answered, and whose second request sees the user of the first: the reader that is added in the first
one's task has that task's context, and so has each task that is made as more comes in (cpython issue 140947)."""

import asyncio
import contextvars

user = contextvars.ContextVar("user", default="nobody")


class Server(asyncio.Protocol):
    """Answers one request after the other, each in a task."""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.pause_reading()
        asyncio.get_running_loop().create_task(self.answer(data.decode()))

    async def answer(self, request):
        """Logs the user in, if the request says who it is, and answers."""
        if request.startswith("I am "):
            user.set(request[5:])
        await asyncio.sleep(0)
        print(user.get())
        self.transport.write(b"done")
        self.transport.resume_reading()


async def ask(reader, writer, request):
    """Waits until a request is answered."""
    writer.write(request.encode())
    await reader.read(100)


async def main():
    """Asks twice by one connection, as a proxy does for its clients."""
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    await ask(reader, writer, "I am ann")
    await ask(reader, writer, "who am I?")
    writer.close()
    server.close()


asyncio.run(main())
