"""A job that waits for the loop's threading.Event, and, in vain, for another one."""

import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()
    loops, nobodys = threading.Event(), threading.Event()

    def job():
        print(loops.wait(), nobodys.wait(5), end=" ")
        thread = threading.Thread(target=print, args=("thread",), kwargs={"end": " "})
        thread.start()
        thread.join()
        return "done"

    future = loop.run_in_executor(None, job)
    await asyncio.sleep(1)
    loops.set()
    print(await future, loop.time(), end="")


asyncio.run(main())
