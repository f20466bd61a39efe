"""Sockets: the loop's own functions, streams that wait for bytes and for room, protocols."""

import asyncio
import socket


class Protocol(asyncio.Protocol):
    """Answers once and closes."""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data.upper())
        self.transport.close()


async def by_functions(loop):
    """Uses sock_accept and its like."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    listener.setblocking(False)
    client = socket.socket()
    client.setblocking(False)
    accepting = loop.create_task(loop.sock_accept(listener))
    await asyncio.sleep(0)
    await loop.sock_connect(client, listener.getsockname())
    server, _ = await accepting
    server.setblocking(False)
    receiving = loop.create_task(loop.sock_recv(server, 10))
    await asyncio.sleep(0)
    await loop.sock_sendall(client, b"functions")
    print(await receiving)
    for each in listener, client, server:
        each.close()


async def by_streams():
    """Writes more than a socket takes at once."""

    async def serve(reader, writer):
        await asyncio.sleep(0.01)
        data = await reader.readexactly(1 << 22)
        writer.write(b"%d\n" % len(data))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"x" * (1 << 22))
    await writer.drain()
    print(await reader.readline())
    writer.close()
    server.close()


async def by_protocols(loop):
    """Uses transports and protocols."""
    server = await loop.create_server(Protocol, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"protocols")
    print(await reader.read())
    writer.close()
    server.close()


async def main():
    """Uses all three."""
    loop = asyncio.get_running_loop()
    await by_functions(loop)
    await by_streams()
    await by_protocols(loop)


asyncio.run(main())
