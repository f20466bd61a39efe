"""Ways in which a run ends."""

import asyncio
import os
import signal
import sys
import threading


async def deadlock():
    """Waits for what nobody does."""
    print("waits")
    await asyncio.get_event_loop().create_future()


async def endless():
    """Never ends."""
    while True:
        await asyncio.sleep(0)


async def fail(kind):
    """Fails."""
    raise kind("it did not work")


async def failing():
    """Fails inside a library's function."""
    await asyncio.wait_for(fail(KeyError), 1)


async def unretrieved():
    """Has two tasks fail, and asks neither."""
    asyncio.ensure_future(fail(ValueError))
    kept = asyncio.ensure_future(fail(OSError))
    await asyncio.sleep(1)
    globals()["kept"] = kept


async def stubborn():
    """Goes on when it is told to end."""
    while True:
        try:
            await asyncio.get_event_loop().create_future()
        except BaseException:
            pass


async def numbered():
    """Leaves with a number."""
    sys.exit(7)


async def at_once():
    """Leaves without a word."""
    os._exit(9)


async def killed():
    """Is killed."""
    os.kill(os.getpid(), signal.SIGKILL)


async def thread():
    """Leaves a thread behind."""
    threading.Thread(target=threading.Event().wait, name="daemon", daemon=True).start()


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
