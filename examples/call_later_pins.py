"""A timer that pins the context of the request that started it.

Symptom: what several requests have to report is logged in the name of one of them, of whichever came first after the last report.

`call_later` copies the context of its caller, as `call_soon` and `create_task` do. What the timer calls runs in that copy, and so does each task that it
creates. Cure: start what belongs to no request in an empty context (`--fixed`).
"""

import asyncio
import contextvars
import sys

FIXED = "--fixed" in sys.argv
request_id = contextvars.ContextVar("request_id", default="-")


def log(text):
    print(f"[{request_id.get()}] {text}")


class Report:
    """Gathers visits, and logs them a tenth of a second after the first of them."""

    def __init__(self):
        self.visits = asyncio.Queue()
        self.timer = None

    def add(self, visit):
        self.visits.put_nowait(visit)
        if self.timer is None:
            context = contextvars.Context() if FIXED else None
            self.timer = asyncio.get_running_loop().call_later(0.1, self.write_soon, context=context)

    def write_soon(self):
        self.timer = None
        asyncio.ensure_future(self.write())

    async def write(self):
        while not self.visits.empty():
            log(f"counts {self.visits.get_nowait()}")
            self.visits.task_done()


async def handle(report, request):
    request_id.set(request)
    log("is answered")
    report.add(f"the visit of {request}")


async def main():
    report = Report()
    await asyncio.gather(*(handle(report, request) for request in ("r1", "r2", "r3")))
    await report.visits.join()


asyncio.run(main())
