"""Background work that belongs to whoever was there first: as a rule the service, now and then a request.

Symptom: most days mails are sent and counted without an ID, as they should be. Some days, until the next start, all of it is logged under one request.

The service starts its background work once threads have read its settings and opened its mailbox; so does a request that comes before that, to lose no
time. The task and the timer copy the context of whoever creates them: that request's. Nothing says how long a thread takes. In asyncio's own order the
threads come first: `loopscope explore` finds the other one. Cure: start it in an empty context, whoever does (`--fixed`).
"""

import asyncio
import contextvars
import sys

FIXED = "--fixed" in sys.argv
request_id = contextvars.ContextVar("request_id", default="-")


def log(text):
    print(f"[{request_id.get()}] {text}")


class Mail:
    """Sends mails in a task, and counts them a second later."""

    def __init__(self):
        self.wanted, self.sent, self.counted = asyncio.Queue(), asyncio.Queue(), asyncio.Event()
        self.worker = None

    def start(self):
        if self.worker is None:
            self.worker = asyncio.ensure_future(self.work())
            asyncio.get_running_loop().call_later(1, self.count_soon)

    def start_for_all(self):
        contextvars.Context().run(self.start) if FIXED else self.start()

    async def work(self):
        while True:
            address = await self.wanted.get()
            log(f"mails {address}")
            self.sent.put_nowait(address)

    def count_soon(self):
        asyncio.ensure_future(self.count())

    async def count(self):
        while not self.sent.empty():
            log(f"counts {self.sent.get_nowait()}")
        self.counted.set()


def read_settings():
    return {"sender": "shop"}


def open_mailbox():
    return "outbox"


async def start_service(mail):
    for step in (read_settings, open_mailbox):
        await asyncio.get_running_loop().run_in_executor(None, step)
    mail.start_for_all()


async def handle(mail, request, address, arrives):
    await asyncio.sleep(arrives)
    request_id.set(request)
    mail.start_for_all()
    mail.wanted.put_nowait(address)


async def main():
    mail = Mail()
    await asyncio.gather(start_service(mail), handle(mail, "r1", "ann", 0.1), handle(mail, "r2", "bob", 0.2))
    await mail.counted.wait()


asyncio.run(main())
