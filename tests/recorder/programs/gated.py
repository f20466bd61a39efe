"""Runs for ever until it is interrupted; what it has open is closed then."""

import asyncio


async def main():
    """Sleeps in short pieces."""
    try:
        while True:
            await asyncio.sleep(0.001)
    finally:
        print("closed", flush=True)


asyncio.run(main())
