"""The first request on a connection starts a heartbeat, which schedules itself again and again."""

import asyncio

from storages import Variable, run, show

SYMBOLS, REQUEST, INTERVAL = "abc", 0.2, 0.07

symbol = Variable("symbol")


class Heartbeat:
    def __init__(self, interval):
        self.interval = interval

    def start(self):
        self.handle = asyncio.get_running_loop().call_later(self.interval, self.beat)

    def stop(self):
        self.handle.cancel()

    def beat(self):
        try:
            show(symbol.get())  # [print]
        except ValueError:
            show("!")  # [no-context]
        self.start()


async def main():
    heartbeat = None
    for each in SYMBOLS:
        symbol.set(each)  # [set]
        if heartbeat is None:
            heartbeat = Heartbeat(INTERVAL)
            heartbeat.start()
        await asyncio.sleep(REQUEST)  # [request]
    heartbeat.stop()


run(main)  # [main]
