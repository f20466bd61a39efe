"""Ctrl C: SIGINT while a task works; what is open is closed, and the process ends as by that signal."""

import asyncio
import os
import signal


async def work():
    """Is interrupted in the middle of a step."""
    try:
        while True:
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.sleep(0.001)
    finally:
        print("closed", flush=True)


asyncio.run(work())
