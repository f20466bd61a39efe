"""An exception handler that fails itself, and SystemExit out of a callback."""

import asyncio
import sys


def fail(loop, context):
    """Fails in turn."""
    raise RuntimeError("handler of " + type(context["exception"]).__name__)


def leave():
    """Ends the program from a callback."""
    sys.exit(5)


async def main():
    """Lets a callback fail, then one end the program."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(fail)
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0.001)
    loop.call_soon(leave)
    await asyncio.sleep(1)


asyncio.run(main())
