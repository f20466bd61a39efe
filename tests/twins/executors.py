"""What threads beside a loop do, in which order, and in whose context."""

import asyncio
import contextvars
import time

symbol = contextvars.ContextVar("symbol", default=".")
UNIT = 0.05  # seconds; a busy machine may need more


def iterations(loop):
    """Has a loop count its iterations."""
    run_once = loop._run_once
    loop.count = 0

    def counted():
        loop.count += 1
        run_once()

    loop._run_once = counted


async def hops(out):
    """Iterations from the call to the result, where nothing else runs."""
    loop = asyncio.get_running_loop()
    before = loop.count
    await loop.run_in_executor(None, lambda: None)
    out.append(str(loop.count - before))
    before = loop.count
    await asyncio.to_thread(lambda: None)
    out.append(str(loop.count - before))


async def contexts(out):
    """A copy for to_thread; the thread's own for run_in_executor, with what a job before has left in it."""
    loop = asyncio.get_running_loop()

    def write(value):
        out.append(symbol.get())
        symbol.set(value)

    symbol.set("a")
    await asyncio.to_thread(write, "b")
    out.append(symbol.get())
    await loop.run_in_executor(None, write, "c")
    out.append(symbol.get())
    await loop.run_in_executor(None, write, "d")


async def beside(out):
    """The loop goes on while a thread blocks, and the thread while the loop does."""

    def job():
        out.append("j")
        time.sleep(3 * UNIT)
        out.append("J")

    future = asyncio.get_running_loop().run_in_executor(None, job)
    await asyncio.sleep(UNIT)
    out.append("l")
    time.sleep(4 * UNIT)
    out.append("L")
    await future
    out.append("d")


async def exceptions(out):
    def fail():
        raise KeyError("gone")

    for wait in (asyncio.get_running_loop().run_in_executor(None, fail), asyncio.to_thread(fail)):
        try:
            await wait
        except KeyError as error:
            out.append(type(error).__name__)


async def cancellation(out):
    """One that has begun goes on; one that waits never begins."""
    from concurrent.futures import ThreadPoolExecutor

    def job(name):
        time.sleep(2 * UNIT)
        out.append(name)

    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(1)
    futures = [loop.run_in_executor(pool, job, name) for name in "ab"]
    await asyncio.sleep(UNIT)
    out.append("".join("ft"[future.cancel()] for future in futures))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    pool.shutdown()
    out.append("s")


async def wakes(out):
    """call_soon_threadsafe from a job runs before what the job returns is seen."""
    loop = asyncio.get_running_loop()

    def job():
        loop.call_soon_threadsafe(out.append, "c")
        time.sleep(2 * UNIT)
        out.append("j")

    asked = loop.run_in_executor(None, job)
    await asyncio.sleep(UNIT)
    out.append("s")
    await asked
    out.append("d")


async def left(out):
    """asyncio.run waits for jobs that nobody awaits."""

    def job():
        time.sleep(2 * UNIT)
        out.append("j")

    asyncio.get_running_loop().run_in_executor(None, job)
    out.append("m")


def lines(unit):
    global UNIT
    UNIT = unit
    told = []
    for program in (hops, contexts, beside, exceptions, cancellation, wakes, left):
        out = []

        async def main():
            iterations(asyncio.get_running_loop())
            await program(out)

        asyncio.run(main())
        told.append(f"{program.__name__}: {' '.join(out)}")
    return told
