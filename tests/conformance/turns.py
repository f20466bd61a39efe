"""Threads of executors beside the virtual loop: CPython's own, which take turns with it.

A thread runs only while the loop waits in `select`, or while one of its handles blocks: until it
blocks itself, or has done its job.  Who is next goes by time, and then by the order in which the
jobs came; a job goes to the first thread that has none.  That is one of the schedules that an
operating system may choose.  All else is CPython's: ThreadPoolExecutor, its threads with their
contexts, its futures, and how they reach the loop.
"""

import concurrent.futures
import itertools
import threading


class Turns:
    """Who runs when: the loop, and the threads beside it."""

    def __init__(self, loop):
        self._loop = loop
        self._queues = []
        self._orders = itertools.count()
        self._ending = []  # those that wait until a pool has nothing to do
        self._expected = 0  # how many of them have been started and have not said so
        self._arrived = threading.Semaphore(0)
        self._back = threading.Semaphore(0)
        self._here = threading.local()

    def executor(self, workers, prefix=""):
        """A new ThreadPoolExecutor whose threads take turns."""
        executor = Executor(workers, prefix)
        executor.turns = self
        executor._work_queue = _Queue(self)
        self._queues.append(executor._work_queue)
        return executor

    # What the loop calls, on its thread.

    def work(self):
        """Have threads do all that can be done at the present time."""
        while self._expected:
            self._arrived.acquire()
            self._expected -= 1
        while able := self._first_able():
            due, _, go_on = able
            if due > self._loop.time():
                break
            go_on()
        for ending in [each for each in self._ending if each.queue.is_idle()]:
            self._ending.remove(ending)
            self._run(ending)

    def next_time(self):
        """When a thread has something to do; None if none ever has."""
        if any(each.queue.is_idle() for each in self._ending):
            return self._loop.time()
        able = self._first_able()
        return able and max(able[0], self._loop.time())

    def finish(self, queue):
        """Block until a pool has nothing to do."""
        self.work()
        while not queue.is_idle():
            self._loop.advance(self.next_time() - self._loop.time())
            self.work()

    def expect_ending(self):
        """Say that a thread is about to call wait_until_idle."""
        self._expected += 1

    def _first_able(self):
        able = [each for queue in self._queues for each in queue.able()]
        return min(able, key=lambda each: each[:2], default=None)

    def _run(self, place):
        """Let a thread go on until it hands the turn back."""
        place.go.release()
        self._back.acquire()

    # What threads call.

    def block(self, ticks):
        """Let time pass for the calling thread, which may be the loop's (`time.sleep`)."""
        now = self._loop.time()
        worker = getattr(self._here, "worker", None)
        if worker:
            if ticks:
                worker.due = now + ticks
                self.hand_back()
                worker.go.acquire()
            return
        self.work()
        while (following := self.next_time()) is not None and following <= now + ticks:
            self._loop.advance(following - self._loop.time())
            self.work()
        self._loop.advance(now + ticks - self._loop.time())

    def wait_until_idle(self, queue):
        """Block the calling thread, which is no pool's, until a pool has nothing to do; take the turn."""
        ending = _Ending(queue)
        self._ending.append(ending)
        self._arrived.release()
        ending.go.acquire()

    def hand_back(self):
        """Give the turn back to the loop."""
        self._back.release()


class _Ending:
    """A thread that ends a pool."""

    def __init__(self, queue):
        self.queue = queue
        self.go = threading.Semaphore(0)


class _Worker:
    """A thread of a pool."""

    def __init__(self):
        self.go = threading.Semaphore(0)
        self.item = None
        self.order = None  # of its job; None: it has none
        self.due = 0  # when it goes on


class _Queue:
    """What a pool's threads take their jobs from: where they have none, and wait for their turn."""

    def __init__(self, turns):
        self._turns = turns
        self._items = []
        self._workers = []
        self.arrived = threading.Semaphore(0)  # a new thread has asked for its first job

    def put(self, item):
        """Add a job; None, which has the threads end, is handed out by `end`."""
        if item is not None:
            self._items.append((self._turns._loop.time(), next(self._turns._orders), item))

    def get(self, block=True):
        """Return the calling thread's next job, when it has its turn."""
        here = self._turns._here
        if not hasattr(here, "worker"):
            here.worker = _Worker()
            self._workers.append(here.worker)
            self.arrived.release()
        else:
            here.worker.order = None
            self._turns.hand_back()
        here.worker.go.acquire()
        return here.worker.item

    get_nowait = get  # nobody looks whether there is something without waiting for it

    def able(self):
        """What can go on: when, its order, and how it is done."""
        for worker in self._workers:
            if worker.order is not None:
                yield worker.due, worker.order, lambda worker=worker: self._turns._run(worker)
        idle = next((worker for worker in self._workers if worker.order is None), None)
        if self._items and idle:
            since, order, _ = self._items[0]
            yield since, order, lambda: self._begin(idle)

    def _begin(self, worker):
        worker.due, worker.order, worker.item = self._items.pop(0)
        self._turns._run(worker)

    def is_idle(self):
        """Whether there is nothing to do."""
        return not self._items and all(worker.order is None for worker in self._workers)

    def end(self):
        """Have the threads end, which have nothing to do."""
        for worker in self._workers:
            worker.item = None
            worker.go.release()
        self._workers = []


class Executor(concurrent.futures.ThreadPoolExecutor):
    """Made by Turns.executor."""

    def submit(self, fn, /, *args, **kwargs):
        """As the class's own, which starts a thread at times; that one is there afterwards."""
        before = len(self._threads)
        future = super().submit(fn, *args, **kwargs)
        if len(self._threads) > before:
            self._work_queue.arrived.acquire()
        return future

    def shutdown(self, wait=True, *, cancel_futures=False):
        """As the class's own; on the loop's thread it lets the pool's threads work meanwhile."""
        super().shutdown(wait=False, cancel_futures=cancel_futures)
        if not wait:
            return
        if self._threads and threading.current_thread() is threading.main_thread():
            self.turns.finish(self._work_queue)
        self._work_queue.end()
        super().shutdown(wait=True)
