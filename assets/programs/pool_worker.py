"""A pool starts its worker when the first request needs it; the worker then serves all the others."""

import asyncio

from storages import Variable, run, show

SYMBOLS, WORK = "abcd", 0.1

symbol = Variable("symbol")


class Pool:
    def __init__(self, work):
        self.work = work
        self.jobs = asyncio.Queue()
        self.worker = None

    async def serve(self):
        while True:
            await self.jobs.get()  # [get]
            show(symbol.get())  # [print]
            await asyncio.sleep(self.work)  # [work]
            self.jobs.task_done()  # [done]

    def submit(self, job):
        if self.worker is None:
            self.worker = asyncio.create_task(self.serve())  # [worker]
        self.jobs.put_nowait(job)  # [put]


async def request(pool, own_symbol):
    symbol.set(own_symbol)  # [set]
    pool.submit(own_symbol)
    await pool.jobs.join()  # [join]


async def main():
    pool = Pool(WORK)
    await asyncio.gather(*[request(pool, each) for each in SYMBOLS])  # [gather]
    pool.worker.cancel()  # [cancel]


run(main)  # [main]
