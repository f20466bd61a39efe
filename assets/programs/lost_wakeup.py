"""A sender pulses an event, set() and clear(), for each message; the receiver is busy now and then."""

import asyncio

from storages import run, show

SYMBOLS, INTERVAL, WORK = "abcdef", 0.1, 0.15


class Mailbox:
    def __init__(self):
        self.message = None
        self.arrived = asyncio.Event()


async def receive(mailbox, work):
    while True:
        await mailbox.arrived.wait()  # [wait]
        show(mailbox.message)  # [print]
        await asyncio.sleep(work)  # [work]


async def main():
    mailbox = Mailbox()
    receiver = asyncio.create_task(receive(mailbox, WORK))  # [receiver]
    await asyncio.sleep(INTERVAL)  # [first]
    for each in SYMBOLS:
        mailbox.message = each
        mailbox.arrived.set()
        mailbox.arrived.clear()
        await asyncio.sleep(INTERVAL)  # [interval]
    receiver.cancel()  # [cancel]


run(main)  # [main]
