"""Runs for some seconds unless it is interrupted; what it has open is closed then."""

import asyncio


async def main():
    """Sleeps in short pieces."""
    try:
        for _ in range(5000):
            await asyncio.sleep(0.001)
    finally:
        print("closed", flush=True)


asyncio.run(main())
