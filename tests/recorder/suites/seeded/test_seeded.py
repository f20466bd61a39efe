"""A test that runs under one seed after another, and fails under one of them."""

import asyncio
import contextvars

from simloop._loop import SimLoop

request_id = contextvars.ContextVar("request_id", default="-")


async def answer(request, answered):
    request_id.set(request)
    await asyncio.sleep(0.1)
    print(f"[{request_id.get()}] answers")
    answered.append(request)


async def serve():
    answered = []
    await asyncio.gather(answer("r1", answered), answer("r2", answered))
    return answered


def test_answers_in_order():
    for seed in range(50):
        assert SimLoop(seed).run_until_complete(serve()) == ["r1", "r2"], f"under seed {seed}"
