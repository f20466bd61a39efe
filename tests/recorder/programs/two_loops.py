"""Two threads with a loop each, that turn without end of their own: each prints how often."""

import asyncio
import threading

TURNS = 20


async def turn(name):
    """Turns, and says so."""
    for _ in range(TURNS):
        await asyncio.sleep(0)
    print(name, flush=True)


threads = [threading.Thread(target=asyncio.run, args=(turn(name),)) for name in "ab"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
