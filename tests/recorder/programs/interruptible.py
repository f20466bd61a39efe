"""Says that it is ready and turns until it is interrupted; what it has open is closed then."""

import asyncio


async def main():
    """Turns in short pieces."""
    try:
        print("ready", flush=True)
        while True:
            await asyncio.sleep(0.001)
    finally:
        print("closed", flush=True)


asyncio.run(main())
