"""Reads a ContextVar in every way that a value can reach another piece of code. Values are named as the writes that made them."""

import asyncio
import concurrent.futures
import contextvars
import sys
import threading

variable = contextvars.ContextVar("variable", default="default")


def job(where):
    print(where, variable.get())


async def child(where):
    print(where, variable.get())


async def deeper():
    variable.set("w3")
    await child("awaited")


async def main():
    job("unset")
    variable.set("w1")
    token = variable.set("w2")
    loop = asyncio.get_running_loop()
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        await loop.run_in_executor(pool, contextvars.copy_context().run, job, "executor")
        await loop.run_in_executor(pool, job, "bare executor")
    await asyncio.create_task(child("task"))
    contextvars.copy_context().run(job, "run")
    loop.call_soon(job, "callback")
    await deeper()
    job("set by a callee")
    await asyncio.create_task(deeper())
    job("not set by a task")
    variable.reset(token)
    job("reset")
    await asyncio.sleep(0)
    thread = threading.Thread(target=contextvars.copy_context().run, args=(job, "thread"))
    thread.start()
    thread.join()
    contextvars.Context().run(job, "empty context")
    variable.set("w5")
    await asyncio.gather(child("gathered"), child("gathered too"))


job("before the loop")
variable.set("w0")
asyncio.run(main())
job("after the loop")
sys.stdout.flush()
