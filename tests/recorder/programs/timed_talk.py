"""Asks a server of its own with a timeout of a second; prints the answer, and whether that took longer by the loop's clock and by the wall."""

import asyncio
import time


async def serve(reader, writer):
    """Answers one line."""
    await reader.readline()
    for _ in range(40):
        await asyncio.sleep(0)
    writer.write(b"answer\n")
    writer.close()


async def talk(port):
    """Returns what the server answers."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"question\n")
    answer = await reader.readline()
    writer.close()
    return answer.decode().strip()


async def main():
    """Serves and asks."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    loop = asyncio.get_running_loop()
    loop_time, wall_time = loop.time(), time.monotonic()
    try:
        answer = await asyncio.wait_for(talk(server.sockets[0].getsockname()[1]), 1)
    except asyncio.TimeoutError:
        answer = "timeout"
    print(answer, loop.time() - loop_time > 1, time.monotonic() - wall_time > 1)
    server.close()


asyncio.run(main())
