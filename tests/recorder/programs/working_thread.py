"""A thread that counts while the loop waits for it; its numbers go to the standard output, line by line."""

import asyncio
import os
import threading
import time


def count():
    """Counts."""
    for number in range(50):
        os.write(1, b"%d\n" % number)
        time.sleep(0.001)


async def main():
    """Turns a few times while the thread is at work."""
    thread = threading.Thread(target=count)
    thread.start()
    for _ in range(5):
        await asyncio.sleep(0)
    thread.join()
    os.write(1, b"joined\n")


asyncio.run(main())
