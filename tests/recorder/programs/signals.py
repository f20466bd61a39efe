"""A signal handler of the loop wakes a task."""

import asyncio
import os
import signal


async def main():
    """Sends itself a signal and waits for it."""
    loop, came = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, came.set)
    os.kill(os.getpid(), signal.SIGUSR1)
    await asyncio.wait_for(came.wait(), 60)
    print("signal")


asyncio.run(main())
