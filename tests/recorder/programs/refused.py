"""Programs that cannot be explored, and one that can."""

import asyncio
import os
import socket
import sys


async def connects():
    """Connects to another machine, by its address."""
    try:
        await asyncio.open_connection("192.0.2.1", 80)
    except Exception:
        print("survives")


async def connects_by_name():
    """Connects to another machine, by its name."""
    await asyncio.open_connection("host.invalid", 80)


async def asks():
    """Asks who sits at the terminal."""
    print(input("name? "))


async def asks_secretly():
    """Asks for a password."""
    import getpass

    print(getpass.getpass())


async def sends():
    """Sends something to another machine."""
    with socket.socket(type=socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", ("192.0.2.1", 53))


async def uvloop():
    """Runs on a loop of a module that looks like uvloop."""
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "look_alikes"))
    import uvloop

    uvloop.new_event_loop()


async def own_server():
    """Talks to a server of its own."""

    async def serve(reader, writer):
        await reader.readexactly(4)
        writer.write(b"pong")
        writer.close()

    server = await asyncio.start_server(serve, "localhost", 0, family=2)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"ping")
    print((await reader.read()).decode(), end="")
    writer.close()
    server.close()


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
