# SPDX-License-Identifier: MIT
"""CONNECTIONS clients that send LINES lines each to an echo server in the same process. Prints CPU nanoseconds a line."""

import asyncio
import resource
import sys
import time


async def answer(reader, writer):
    """Sends back each line until the client is gone."""
    while True:
        line = await reader.readline()
        if not line:
            break
        writer.write(line)
        await writer.drain()
    writer.close()


async def ask(port, lines):
    """Sends lines and checks what comes back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in range(lines):
        line = b"hello %d\n" % number
        writer.write(line)
        await writer.drain()
        if await reader.readline() != line:
            raise RuntimeError("the echo is another one")
    writer.close()


async def main(connections, lines):
    """Runs the server and its clients."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=4096)
    port = server.sockets[0].getsockname()[1]
    began = time.process_time_ns()
    await asyncio.gather(*[ask(port, lines) for _ in range(connections)])
    took = time.process_time_ns() - began
    print(took / (connections * lines), file=sys.stderr)
    server.close()


soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
