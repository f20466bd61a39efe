# SPDX-License-Identifier: MIT
"""What the hooks of the recorder in Python share: loops and objects by number, and the records that take more than a line."""

import asyncio
import types
from asyncio import events, tasks

from loopscope_recorder import fallback_iteration
from loopscope_recorder.fallback_tasks import METHOD, STEP, WAIT_FUTURE, WAIT_GATHER, WAIT_JOIN, WAIT_SLEEP, WAIT_TASK, WAIT_WAIT
from loopscope_recorder.fallback_tasks import learn_types, name_of, waits_by_code

CLOCK, LOOP, ITERATION, DUE, READY, WAKE, WAIT = 1, 5, 6, 7, 10, 11, 18
WAITS = 1
IS_TIMER = 1 << 48
ALL_TASKS, PLAIN_FUTURE, GATHERING, COROUTINE = (asyncio.Task, tasks._PyTask), asyncio.Future, tasks._GatheringFuture, types.CoroutineType


class Hooks:
    """All hooks, and what they share."""

    def __init__(self, spool, known, variables):
        self.spool = spool
        self.tasks = known
        self.variables = variables
        self.kinds = learn_types()
        self.by_code = waits_by_code()
        self.state = spool.state
        self.loops = {}  # by address: number
        self.others = set()  # loops of other threads that are about to begin an iteration
        self.flagged = set()  # numbers of tasks whose next step cancels them
        self.sleepers = {}  # address of a future -> the timer that will set it
        self.objects = {}  # address of what is waited for -> (type's name, number)
        self.object_count = 0

    def loop_number(self, loop):
        number = self.loops.get(id(loop))
        if number is None:
            number = self.loops[id(loop)] = max(self.loops.values(), default=0) + 1
            self.spool.record(LOOP, number, self.spool.text(type(loop).__name__))
            self.state.loop = loop
        return number

    def say_loop(self, loop):
        number = self.loop_number(loop)
        if self.state.loop is not loop:
            self.state.loop = loop
            self.spool.record(LOOP, number, 2 << 32)

    def begin_iteration(self, first):
        """Writes that the iteration begins whose first handle is about to run, if it does: which timers are in its snapshot, and how many handles:
        all that is ready, and the first one."""
        loop, spool = first._loop, self.spool
        if self.state.fresh is loop:
            self.state.fresh = self.others.pop() if self.others else None
        elif loop in self.others:
            self.others.discard(loop)
        else:
            return
        if self.variables.switch_waits:
            self.variables.before_handle(loop)
        number, ready = self.loops.get(id(loop)) or self.loop_number(loop), loop._ready
        size = len(ready)
        if type(ready[-1] if size else first) is events.TimerHandle:
            self.write_due([*ready] if type(first) is not events.TimerHandle else [first, *ready])
        self.state.loop = loop
        if not self.state.is_odd:
            spool.base = now = spool.now()
            spool.extend((CLOCK, now - spool.began))
        self.put(ITERATION | number << 32, size + 1)
        if len(spool.gathered) > fallback_iteration.GATHERED:
            spool.flush()

    def write_due(self, handles):
        at = len(handles)
        while at and type(handles[at - 1]) is events.TimerHandle:
            at -= 1
        for handle in handles[at:]:
            self.spool.record(DUE, 0, id(handle) | IS_TIMER)

    def object_number(self, thing):
        known = self.objects.get(id(thing))
        if known is None or known[0] is not type(thing):
            self.object_count += 1
            known = self.objects[id(thing)] = type(thing), self.object_count
        return known[1]

    def write_wait(self, task, future):
        """Writes what a task waits for: by its future's type, else by the coroutine of asyncio's that it stands in. Returns what `ran` says."""
        kind, asked = type(future), self.state.asked
        self.state.asked = None
        if asked is not None and asked[0] and asked[0][-1] is future:
            self.put(*asked[1])
            return WAITS << 32
        if kind is not PLAIN_FUTURE and isinstance(future, ALL_TASKS):
            self.put(WAIT | self.tasks.number(future) << 32, WAIT_TASK)
        elif kind is GATHERING:
            self.put(WAIT | self.object_number(future) << 32, WAIT_GATHER)
        elif self.sleepers and id(future) in self.sleepers:
            timer = self.sleepers.pop(id(future))
            self.put(WAIT | (timer & 0xFFFFFFFF) << 32, WAIT_SLEEP | timer >> 32 << 32)
        else:
            wait, thing, coroutine, by_code = WAIT_FUTURE, None, task.get_coro(), self.by_code
            while type(coroutine) is COROUTINE:
                code = id(coroutine.cr_code)
                if code in by_code and wait != WAIT_JOIN:
                    wait, thing = by_code[code], coroutine
                coroutine = coroutine.cr_await
            waited = future if thing is None or wait == WAIT_WAIT else thing.cr_frame.f_locals.get("self", future)
            known = self.objects.get(id(waited))
            number = known[1] if known is not None and known[0] is type(waited) else self.object_number(waited)
            if self.state.is_odd:
                self.spool.record(WAIT, number, wait)
            else:
                self.spool.extend((WAIT | number << 32, wait))
        return WAITS << 32

    def put(self, first, second):
        """Appends a record with the time of the last `clock`, where only one thread writes."""
        if self.state.is_odd:
            self.spool.record(first & 0xFF, first >> 32, second)
        else:
            self.spool.extend((first, second))

    def announce(self, loop, callback, handle):
        """Writes that a handle becomes ready, by call_soon."""
        kind = self.kinds.get(type(callback))
        if kind is not None:
            owner = callback.__self__
            if isinstance(owner, ALL_TASKS):
                is_step = kind == STEP or kind == METHOD and "step" in callback.__name__
                if is_step and events._get_running_loop() is not None and asyncio.current_task() is owner:
                    if self.tasks.eager and id(owner) not in self.tasks.numbers:
                        self.tasks.know(owner, self.tasks.eager[-1])
                    return
                self.say_loop(loop)
                if is_step:
                    self.tasks.make(owner)
                else:
                    self.spool.record(WAKE, self.tasks.number(owner), id(handle))
                return
        self.say_loop(loop)
        self.spool.record(READY, self.spool.text(name_of(callback)), id(handle))
