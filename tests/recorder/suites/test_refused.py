"""Marked tests that cannot be explored: each for a reason of its own."""

import asyncio
import threading

import pytest


@pytest.fixture(scope="module")
def wide_loop():
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.mark.loopscope
def test_on_a_loop_of_a_wider_scope(wide_loop):
    wide_loop.run_until_complete(asyncio.sleep(0))


@pytest.mark.loopscope(jitters=0.1)
def test_with_an_option_that_there_is_not():
    asyncio.run(asyncio.sleep(0))


@pytest.mark.loopscope
def test_with_a_loop_of_its_own():
    asyncio.run(asyncio.sleep(0))


@pytest.mark.loopscope
def test_on_uvloop():
    uvloop = pytest.importorskip("uvloop")
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    try:
        asyncio.run(asyncio.sleep(0))
    finally:
        asyncio.set_event_loop_policy(None)


@pytest.fixture(scope="module")
def beside():
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait, name="beside")
    thread.start()
    yield
    ended.set()
    thread.join()


@pytest.mark.loopscope
def test_beside_a_thread(beside):
    asyncio.run(asyncio.sleep(0))
