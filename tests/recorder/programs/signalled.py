"""Says which signals come, and ends with SIGTERM:  signalled.py ready. Its handlers raise nothing."""

import asyncio
import os
import signal
import sys

OTHERS = signal.SIGCHLD, signal.SIGWINCH, signal.SIGALRM, signal.SIGUSR1


def tell(number, frame):
    """Writes the signal's name, at once."""
    os.write(1, signal.Signals(number).name.encode() + b"\n")


async def main():
    """Turns until SIGTERM comes."""
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    os.write(1, b"ready\n")
    while not ended.is_set():
        await asyncio.sleep(0.01)
    print("terminated", flush=True)


for each in OTHERS:
    signal.signal(each, tell)
asyncio.run(main())
sys.exit(3)
