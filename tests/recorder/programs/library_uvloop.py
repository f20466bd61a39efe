"""uvloop's loop in place of asyncio's."""

import asyncio

try:
    import uvloop
except ImportError:
    raise SystemExit("uvloop is not installed")


async def work(number):
    """Sleeps and yields."""
    await asyncio.sleep(0.001 * number)
    await asyncio.sleep(0)
    return number


async def main():
    """Waits for tasks."""
    print(await asyncio.gather(work(1), work(2)), type(asyncio.get_running_loop()).__module__)


uvloop.install()
asyncio.run(main())
