# SPDX-License-Identifier: MIT
"""Executors under a schedule. What a loop gives to a ThreadPoolExecutor runs in the threads that it would run in, but only while the loop stands in its
selector, one job at a time, whole, up to where it sleeps or waits for another future or a threading.Event. So what it does, and when, is the schedule's choice.

Other threads run as they like, and so does a job that does not come to its end because it waits for something that only the loop, or another job, does."""

import functools
import gc
import itertools
import sys
import threading
import time
from concurrent.futures import _base
from concurrent.futures import thread as pools

from loopscope_recorder.course import Course
from loopscope_recorder.schedule import THREAD
from loopscope_recorder.virtual_clock import NEVER, nanoseconds

COMES, STANDS, RUNS, WAITS, OVER, FREE = range(6)
PATIENCE = 1.0  # s: a job that takes longer runs on beside the loop
MOMENT = 0.05  # s: how long such a job is waited for once another one is over
SHORT = 0.00005  # s: how long to wait before looking again whether a thread has come to rest

own_sleep = time.sleep
earlier = set()  # threads of libraries, which were there before the program ran
running = {}  # the job that runs in a thread, by its identity; no thread-local, which would be recorded


class Job:
    """A job. It comes into a thread, stands there until it is let through, runs, waits perhaps, until a time of the loop's clock or for a future, and is
    over."""

    def __init__(self, turnstile, executor, function):
        self.turnstile = turnstile
        self.executor = executor
        self.function = function
        self.state = COMES
        self.until = NEVER
        self.has_come = None  # tells whether there is what it waits for
        self.thread = None

    def __call__(self, *args, **kwargs):
        self.thread = threading.current_thread()
        self.turnstile.stand(self, STANDS)
        running[threading.get_ident()] = self
        try:
            return self.function(*args, **kwargs)
        finally:
            del running[threading.get_ident()]

    def may_run(self, now):
        """Returns whether it goes on if it is let through."""
        return self.state == STANDS or (self.state == WAITS and (self.until <= now or (self.has_come is not None and self.has_come())))


class Shutdown(Job):
    """The thread in which a loop waits for the end of its executor's: it is let through as soon as these have nothing more to do."""

    def __call__(self, *args):
        try:
            super().__call__(*args)
        finally:
            self.turnstile.end(self)

    def may_run(self, now):
        return self.state == STANDS and not any(job.executor is self.executor and job is not self for job in self.turnstile.jobs)


class Turnstile:
    """What executors have been given in one run."""

    def __init__(self, taken, clock):
        self.course = taken
        self.clock = clock
        self.changed = threading.Condition()
        self.jobs = []  # that are not over, in the order in which they were given
        self.executors = []
        self.asks = False  # a loop asks for a job
        self.made = None  # the job that it has asked for

    # ---- in the thread of a job ----

    def stand(self, job, state):
        """Has a job stand until it is let through."""
        with self.changed:
            if job.state == FREE:
                return
            job.state = state
            self.changed.notify_all()
            self.changed.wait_for(lambda: job.state in (RUNS, FREE))

    def wait(self, job, until, has_come=None):
        """Has a job stand until a time has come, or what it waits for."""
        job.until, job.has_come = until, has_come
        self.stand(job, WAITS)
        job.until, job.has_come = NEVER, None

    def end(self, job):
        """Notes that a job is over, and that its future has told so."""
        with self.changed:
            job.state = OVER
            if job in self.jobs:
                self.jobs.remove(job)
            self.changed.notify_all()

    # ---- in the thread of the loop ----

    def give(self, executor, function):
        """Returns the job that a function is for an executor."""
        job = self.made = Job(self, executor, function)
        self.jobs.append(job)
        if executor not in self.executors:
            self.executors.append(executor)
        return job

    def next_time(self):
        """Returns the time at which a job that waits goes on; NEVER where none does."""
        return min((job.until for job in self.jobs if job.state == WAITS), default=NEVER)

    def run_some(self, ready, scheduled):
        """Lets jobs through: in asyncio's own order all that can run. Where something else could happen, one may have to wait for a later iteration."""
        choose, is_free, put_off = self.course.choose, self.course.plan.threads, []
        self.await_shutdowns()
        while True:
            now = self.clock.nanoseconds
            able = [job for job in self.jobs if job not in put_off and job.may_run(now)]
            if not able:
                return
            is_asked = is_free and type(able[0]) is Job
            job = able[choose(THREAD, len(able)) if is_asked and len(able) > 1 else 0]
            if is_asked and (ready or scheduled or self.next_time() < NEVER) and choose(THREAD, 2):
                put_off.append(job)
            else:
                self.run(job)

    def await_shutdowns(self):
        """Waits until the threads that wait for executors have come."""
        with self.changed:
            self.changed.wait_for(lambda: not any(type(job) is Shutdown and job.state == COMES for job in self.jobs), PATIENCE)

    def run(self, job):
        """Lets a job run to its end, or to where it waits."""
        with self.changed:
            job.state = RUNS
            self.changed.notify_all()
            if not self.changed.wait_for(lambda: job.state != RUNS, PATIENCE):
                job.state = FREE
            elif any(each.state == FREE for each in self.jobs):  # one that it has waited for may come to its end now
                self.changed.wait_for(lambda: not any(each.state == FREE for each in self.jobs), MOMENT)
        if type(job) is Job:
            self.settle(job.executor)

    def run_all(self, executor=None):
        """Runs all jobs of an executor, or of all, for somebody who waits for them without letting the loop run."""
        while True:
            able = [job for job in self.jobs if executor in (None, job.executor) and type(job) is Job and job.may_run(NEVER)]
            if not able:
                return
            self.run(able[0])

    def let_go(self):
        """Lets all jobs run as they like: the run is over."""
        with self.changed:
            for job in self.jobs:
                job.state = FREE
            self.changed.notify_all()

    def settle(self, executor):
        """Waits until each thread of an executor either has a job or has nothing to do, so that it is certain which thread takes what comes next."""
        began = time.monotonic()
        while not executor._shutdown and time.monotonic() - began < PATIENCE:
            busy = sum(job.executor is executor and type(job) is Job and job.state not in (COMES, OVER) for job in self.jobs)
            threads = len(executor._threads)
            is_empty = executor._work_queue.qsize() == 0
            if busy >= threads or (is_empty and busy + executor._idle_semaphore._value >= threads):
                return
            own_sleep(SHORT)

    def others_run(self):
        """Returns whether a thread runs as it likes, and so may wake the loop."""
        if threading.active_count() == 1:
            return False
        quiet = {thread for executor in self.executors for thread in executor._threads} | earlier | {threading.current_thread()}
        quiet.update(job.thread for job in self.jobs)
        return any(job.state == FREE for job in self.jobs) or not quiet.issuperset(threading.enumerate())


def job_here():
    """Returns the job that runs in this thread, or None."""
    return running.get(threading.get_ident())


def sleep(seconds):
    """sleep(seconds): a job waits for the loop's clock; the thread of the loop moves it, if no other thread runs."""
    job, taken = job_here(), Course.now
    if job is not None and job.turnstile.course.ending is not None:
        return None  # its run is over, and somebody waits for its end
    if isinstance(seconds, (int, float)) and seconds >= 0 and not taken.is_over:
        if job is not None and job.state == RUNS:
            return job.turnstile.wait(job, job.turnstile.clock.nanoseconds + nanoseconds(seconds))
        if threading.current_thread() is threading.main_thread() and not taken.turnstile.others_run():
            return taken.turnstile.clock.move_to(taken.turnstile.clock.nanoseconds + nanoseconds(seconds))
    return own_sleep(seconds)


def install():
    """Has all executors of threads, and those who wait in their threads, come by the turnstile."""
    from asyncio import base_events

    own_run, own_submit, own_shutdown = base_events.BaseEventLoop.run_in_executor, pools.ThreadPoolExecutor.submit, pools.ThreadPoolExecutor.shutdown

    def run_in_executor(self, executor, func, *args):
        turnstile = Course.now.turnstile
        turnstile.asks, turnstile.made = True, None
        try:
            future = own_run(self, executor, func, *args)
        finally:
            turnstile.asks = False
        job = turnstile.made
        if job is not None:
            job.given.add_done_callback(lambda _: turnstile.end(job))  # behind the one that tells the loop
            turnstile.settle(job.executor)
        return future

    def submit(self, fn, *args, **kwargs):
        turnstile = Course.now.turnstile
        if not turnstile.asks or Course.now.is_over:
            return own_submit(self, fn, *args, **kwargs)
        turnstile.asks = False
        job = turnstile.give(self, fn)
        try:
            job.given = own_submit(self, job, *args, **kwargs)
        except BaseException:
            turnstile.end(job)
            turnstile.made = None
            raise
        return job.given

    def shutdown(self, wait=True, **options):
        if wait and threading.current_thread() is threading.main_thread():
            Course.now.turnstile.run_all(self)
        return own_shutdown(self, wait, **options)

    own_wait = getattr(base_events.BaseEventLoop, "_do_shutdown", None)  # 3.9

    def wait_for_executor(self):
        """What the loop's thread asks for, to start a thread with it."""
        turnstile = Course.now.turnstile
        job = Shutdown(turnstile, self._default_executor, functools.partial(own_wait, self))
        turnstile.jobs.append(job)
        return job

    if own_wait is not None:
        base_events.BaseEventLoop._do_shutdown = property(wait_for_executor)
    base_events.BaseEventLoop.run_in_executor = run_in_executor
    pools.ThreadPoolExecutor.submit, pools.ThreadPoolExecutor.shutdown = submit, shutdown
    time.sleep = sleep
    install_waits()


def install_waits():
    """Has jobs that wait for other futures of threads, or for a threading.Event, let others run."""

    def waiting(own, has_come):
        def wait(self, timeout=None):
            job = job_here()
            # A thread that is made is waited for by an Event too, for a moment.
            if job is not None and job.state == RUNS and not has_come(self) and sys._getframe(1).f_globals is not vars(threading):
                turnstile = job.turnstile
                until = NEVER if timeout is None else turnstile.clock.nanoseconds + nanoseconds(timeout)
                turnstile.wait(job, until, functools.partial(has_come, self))
                if timeout is not None and job.state == RUNS:
                    timeout = 0  # it has passed
            return own(self, timeout)

        wait.__doc__ = own.__doc__
        return wait

    _base.Future.result = waiting(_base.Future.result, _base.Future.done)
    _base.Future.exception = waiting(_base.Future.exception, _base.Future.done)
    threading.Event.wait = waiting(threading.Event.wait, threading.Event.is_set)


def shut_executors():
    """Lets the executors that are left run what they have, and ends their threads, as Python does at its end (concurrent/futures/thread.py)."""
    turnstile = Course.now.turnstile
    if Course.now.ending is None:
        turnstile.run_all()
    turnstile.let_go()
    for each in gc.get_objects():
        if issubclass(type(each), pools.ThreadPoolExecutor) and each._threads:
            each.shutdown(wait=Course.now.ending is None)
            for thread in each._threads:
                thread.join(PATIENCE)


def note_threads():
    """Notes that the threads that there are do not wake loops."""
    earlier.update(set(threading.enumerate()) - {threading.current_thread()})


def number_names():
    """Lets the default names of threads and executors be numbered from the beginning, as those of another run."""
    threading._counter = itertools.count(1).__next__
    pools.ThreadPoolExecutor._counter = itertools.count().__next__
