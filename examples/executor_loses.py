"""An executor's thread that has no request's context, and then has the wrong one.

Symptom: what runs in the executor is logged without an ID. Since somebody sets it there, other jobs are logged under the ID of the job before.

`run_in_executor` copies no context: a job runs in its thread's own, which is empty at first and keeps what jobs set. Cure: run each job in a copy of its
request's context (`--fixed`), as `asyncio.to_thread` does from Python 3.9 on.
"""

import asyncio
import concurrent.futures
import contextvars
import sys

FIXED = "--fixed" in sys.argv
request_id = contextvars.ContextVar("request_id", default="-")
executor = concurrent.futures.ThreadPoolExecutor(max_workers=1)


def log(text):
    print(f"[{request_id.get()}] {text}")


def check(amount):
    log(f"checks {amount}")


def charge(request, amount):
    request_id.set(request)  # the repair that made it worse
    log(f"charges {amount}")


async def run_job(job, *arguments):
    if FIXED:
        arguments = (job, *arguments)
        job = contextvars.copy_context().run
    await asyncio.get_running_loop().run_in_executor(executor, job, *arguments)


async def handle(request, amount):
    request_id.set(request)
    log(f"is to pay {amount}")
    await run_job(check, amount)
    await run_job(charge, request, amount)


async def main():
    for request, amount in (("r1", 100), ("r2", 200), ("r3", 300)):
        await asyncio.ensure_future(handle(request, amount))


asyncio.run(main())
