"""Tests of asyncio code that fail, and others: by each way of running them. `pytest` runs this file for tests/recorder/pytest_plugin_test.py."""

import asyncio
import contextvars

import pytest

request_id = contextvars.ContextVar("request_id", default="-")


@pytest.fixture
def anyio_backend():
    return "asyncio"


async def answer(request):
    request_id.set(request)
    await asyncio.sleep(0.001)
    print(f"[{request_id.get()}] answers")


def test_by_run_fails():
    asyncio.run(answer("r1"))
    assert request_id.get() == "r1"


def test_by_run_passes():
    asyncio.run(answer("r2"))


@pytest.mark.asyncio
async def test_by_pytest_asyncio_fails():
    await asyncio.gather(answer("r3"), answer("r4"))
    raise ValueError("out of reach")


@pytest.mark.asyncio
async def test_by_pytest_asyncio_passes():
    await answer("r5")


@pytest.mark.anyio
async def test_by_anyio_fails(anyio_backend):
    await answer("r6")
    assert request_id.get() == "r7"


@pytest.mark.parametrize("name", ["a/b c"])
def test_captured_output_fails(capsys, name):
    asyncio.run(answer("r8"))
    assert capsys.readouterr().out == ""


@pytest.mark.xfail(strict=True)
def test_meant_to_fail():
    asyncio.run(answer("r9"))
    raise ValueError("as meant")


@pytest.fixture
def broken_at_its_end():
    loop = asyncio.new_event_loop()
    yield loop
    loop.run_until_complete(answer("r10"))
    loop.close()
    raise ValueError("at its end")


def test_that_passes_whose_fixture_fails(broken_at_its_end):
    assert not broken_at_its_end.is_closed()


def test_without_a_loop_fails():
    assert not "a loop"
