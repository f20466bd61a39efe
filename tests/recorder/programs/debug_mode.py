"""asyncio's debug mode: handles keep where they were made, and say so."""

import asyncio
import threading


def traceback_of(handle):
    """Returns the function that a handle's traceback ends with."""
    return handle._source_traceback[-1].name


async def main():
    """Makes handles in each way."""
    loop = asyncio.get_running_loop()
    print("debug", loop.get_debug())
    made = [loop.call_soon(len, ()), loop.call_later(0.001, len, ()), loop.call_soon_threadsafe(len, ()), loop.call_at(loop.time(), len, ())]
    for handle in made:
        print(type(handle).__name__, traceback_of(handle))
    made[1].cancel()
    print(repr(made[1]).partition(" when=")[0])
    errors = []

    def call():
        try:
            loop.call_soon(print)
        except RuntimeError as error:
            errors.append(str(error))

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    print(errors)
    task = asyncio.ensure_future(asyncio.sleep(0))
    await task
    print(await loop.run_in_executor(None, len, ()))


asyncio.run(main(), debug=True)
