# SPDX-License-Identifier: MIT
"""Tasks and callbacks as the recorder in Python knows them: numbers, names, and what a task waits for."""

import asyncio
import functools
import types
from asyncio import locks, queues, streams, tasks

from loopscope_recorder import samples

RUN, RAN, WAKE, TASK, TASK_NAME = 8, 9, 11, 16, 17
WAIT_SLEEP, WAIT_TASK, WAIT_FUTURE, WAIT_GATHER, WAIT_WAIT = range(1, 6)  # core/trace/kinds.def
WAIT_GROUP, WAIT_LOCK, WAIT_SEMAPHORE, WAIT_EVENT, WAIT_CONDITION, WAIT_GET, WAIT_PUT, WAIT_JOIN, WAIT_SOCKET = range(7, 16)
SOON, EAGER = 0, 1  # how a task is started
STEP, WAKEUP, METHOD = 1, 2, 3  # what a callback may be, by its type


class Tasks:
    """The tasks that are known, by address: none is kept alive."""

    def __init__(self, spool, variables):
        self.spool = spool
        self.variables = variables
        self.numbers = {}
        self.words = {}  # the first words of a task's `run`, `ran` and `wake`
        self.eager = []  # numbers of tasks whose first step runs as they are made, which have no address yet
        self.last = 0

    def make(self, task):
        """Writes that a task is made; returns its number."""
        number = self.write(task.get_coro(), SOON)
        self.know(task, number)
        self.name(task, number)
        return number

    def write(self, coroutine, start):
        """Writes that a task is made of a coroutine; returns its number."""
        spool = self.spool
        self.last += 1
        number = self.last
        code = getattr(coroutine, "cr_code", None)
        name = getattr(code, "co_qualname", None) or getattr(code, "co_name", None) or type(coroutine).__name__
        text = spool.text(name)
        spool.record(TASK, number, text | (spool.line_of_caller(4) << 8 | start) << 32)
        self.variables.task_is_made(number, self.running())
        return number

    def know(self, task, number):
        """Says which task has a number."""
        self.numbers[id(task)] = number
        self.words[id(task)] = number << 32 | RUN, number << 32 | RAN, number << 32 | WAKE

    def words_of(self, task):
        """Returns a task's words, having written that it is made if it was not seen before."""
        return self.words.get(id(task)) or self.new_words(task)

    def new_words(self, task):
        """Writes that a task is made that was not seen before; returns its words."""
        self.make(task)
        return self.words[id(task)]

    def name(self, task, number):
        name = task.get_name()
        if type(name) is str and not (name.startswith("Task-") and name[5:].isdigit()):
            self.spool.record(TASK_NAME, number, self.spool.text(name))

    def number(self, task):
        return self.numbers.get(id(task)) or self.make(task)

    def running(self):
        """Returns the number of the running task, 0: none."""
        try:
            task = asyncio.current_task()
        except RuntimeError:
            return 0
        if task is None:
            return 0
        return self.numbers.get(id(task)) or (self.eager[-1] if self.eager else 0)

    def done(self, task, number):
        self.numbers.pop(id(task), None)
        self.words.pop(id(task), None)
        self.variables.task_is_done(number)


def learn_types():
    """Returns what callbacks are, by their types: a step's or a wake-up's of the tasks that C code makes, and bound methods."""
    sample = samples.task()
    kinds = {types.MethodType: METHOD, type(sample.step): STEP}
    kinds.setdefault(type(sample.wakeup), WAKEUP)
    sample.end()
    return kinds


def waits_by_code():
    """Returns what a task waits for that stands in a coroutine of asyncio's, by the address of the coroutine's code: hashing code takes long."""
    said = {
        locks.Lock.acquire: WAIT_LOCK, locks.Semaphore.acquire: WAIT_SEMAPHORE, locks.Event.wait: WAIT_EVENT, locks.Condition.wait: WAIT_CONDITION,
        queues.Queue.get: WAIT_GET, queues.Queue.put: WAIT_PUT, queues.Queue.join: WAIT_JOIN, streams.StreamReader._wait_for_data: WAIT_SOCKET,
        tasks._wait: WAIT_WAIT,
    }  # fmt: skip
    group = getattr(asyncio, "TaskGroup", None)
    if group is not None:
        said[getattr(group, "_aexit", group.__aexit__)] = WAIT_GROUP
    return {id(function.__code__): wait for function, wait in said.items()}


def name_of(callback):
    """Returns the name of a callback, without asking an object of the program's."""
    while type(callback) is functools.partial:
        callback = callback.func
    if type(callback) in (types.FunctionType, types.BuiltinFunctionType):
        return callback.__qualname__
    if type(callback) is types.MethodType and type(callback.__func__) is types.FunctionType:
        return callback.__func__.__qualname__
    return type(callback).__name__


def dress(ours, own):
    """Makes a function of ours say of itself what the one says that it stands for."""
    ours.__name__, ours.__qualname__, ours.__doc__, ours.__module__ = own.__name__, own.__qualname__, own.__doc__, own.__module__
    return ours
