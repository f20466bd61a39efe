"""Prints what it has from its environment: two runs are never the same."""

import asyncio
import os

symbol = "."


async def main():
    """Prints the number of its process, and then others."""
    global symbol
    for number in range(6):
        symbol = str(os.getpid() + number)
        print(symbol, end=" ", flush=True)
        await asyncio.sleep(0.1)


asyncio.run(main())
