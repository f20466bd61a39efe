"""A pool's worker that keeps the first request's context.

Symptom: every mail is logged under the ID of the request that came first, whoever asked for it.

The pool starts its worker with the first mail. A task copies the context of whoever creates it, once, so the worker has that request's ID for the rest
of its life. Cure: hand on with each item what its work is to be logged under, and set it (`--fixed`); or create workers before any request comes, so
that they log none.
"""

import asyncio
import contextvars
import sys

FIXED = "--fixed" in sys.argv
request_id = contextvars.ContextVar("request_id", default="-")


def log(text):
    print(f"[{request_id.get()}] {text}")


class Pool:
    """Sends mails one after the other, in a task that begins with the first of them."""

    def __init__(self):
        self.mails = asyncio.Queue()
        self.worker = None

    async def send(self, address):
        if self.worker is None:
            self.worker = asyncio.create_task(self.work())
        sent = asyncio.get_running_loop().create_future()
        self.mails.put_nowait((request_id.get(), address, sent))
        await sent

    async def work(self):
        while True:
            asked_by, address, sent = await self.mails.get()
            if FIXED:
                request_id.set(asked_by)
            log(f"sends a mail to {address}")
            sent.set_result(None)


async def handle(pool, request, address):
    request_id.set(request)
    log(f"wants a mail to {address}")
    await pool.send(address)


async def main():
    pool = Pool()
    addresses = {"r1": "ann", "r2": "bob", "r3": "cid"}
    await asyncio.gather(*(handle(pool, request, address) for request, address in addresses.items()))


asyncio.run(main())
