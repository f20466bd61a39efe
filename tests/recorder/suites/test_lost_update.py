"""A lost update, as in examples/lost_update.py, and its cure, tested."""

import asyncio

import pytest

ROUND_TRIP = 0.05


class Account:
    def __init__(self):
        self.balance = 100
        self.lock = asyncio.Lock()

    async def withdraw(self, amount, arrives=0):
        await asyncio.sleep(arrives) if arrives else None
        await asyncio.sleep(ROUND_TRIP)
        balance = self.balance
        await asyncio.sleep(ROUND_TRIP)
        self.balance = balance - amount

    async def withdraw_locked(self, amount, arrives=0):
        await asyncio.sleep(arrives) if arrives else None
        async with self.lock:
            await self.withdraw(amount)


@pytest.mark.loopscope
@pytest.mark.asyncio
async def test_both_withdrawals_count():
    account = Account()
    await asyncio.gather(account.withdraw(30), account.withdraw(50, ROUND_TRIP))
    assert account.balance == 20


@pytest.mark.loopscope(seed=3)
@pytest.mark.asyncio
async def test_both_withdrawals_count_when_one_waits_for_the_other():
    account = Account()
    await asyncio.gather(account.withdraw_locked(30), account.withdraw_locked(50, ROUND_TRIP))
    assert account.balance == 20


@pytest.mark.asyncio
async def test_unmarked_is_run_once():
    account = Account()
    await account.withdraw(30)
    assert account.balance == 70
