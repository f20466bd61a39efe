"""The hooks of asyncio's loop, tasks and handles, in Python. What they do not tell of what the extension tells: the lines where tasks are
suspended, eager first steps, executors' jobs, and exceptions' messages. Follows Lib/asyncio/events.py and base_events.py, 3.8 to 3.13."""

import asyncio
import functools
import types
from asyncio import base_events, events, futures, locks, queues, selector_events, streams, tasks

LOOP, ITERATION, DUE, RUN, RAN, READY, WAKE, IO, TIMER, DEADLINE, HANDLE_CANCEL, TASK, TASK_NAME, WAIT, TASK_CANCEL, STOP = range(5, 21)
YIELDS, WAITS, RESULT, EXCEPTION, CANCELLED = range(5)
WAIT_SLEEP, WAIT_TASK, WAIT_FUTURE, WAIT_GATHER, WAIT_WAIT, WAIT_SHIELD, WAIT_GROUP, WAIT_LOCK, WAIT_SEMAPHORE, WAIT_EVENT, WAIT_CONDITION = range(1, 12)
WAIT_GET, WAIT_PUT, WAIT_JOIN, WAIT_SOCKET = range(12, 16)
CALLBACK_USER, CALLBACK_SLEEP, CALLBACK_IO = 0, 1, 8
CANCEL_DONE, CANCEL_REQUESTED, CANCEL_FLAGGED = range(3)
IS_TIMER, THROWS = 1 << 48, 1 << 49
STEP, WAKEUP, METHOD = 1, 2, 3  # what a callback may be, by its type


class Tasks:
    """The tasks that are known, by address: none is kept alive."""

    def __init__(self, spool, variables):
        self.spool = spool
        self.variables = variables
        self.numbers = {}
        self.last = 0

    def make(self, task):
        """Writes that a task is made; returns its number."""
        spool = self.spool
        self.last += 1
        number = self.numbers[id(task)] = self.last
        code = getattr(task.get_coro(), "cr_code", None)
        name = getattr(code, "co_qualname", None) or getattr(code, "co_name", None) or type(task.get_coro()).__name__
        text = spool.text(name)
        spool.record(TASK, number, text | spool.line_of_caller(3) << 40)
        self.name(task, number)
        self.variables.task_is_made(number, self.running())
        return number

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
        return self.numbers.get(id(task), 0) if task is not None else 0

    def done(self, task, number):
        self.numbers.pop(id(task), None)
        self.variables.task_is_done(number)


class Sample:
    """Stands for a loop, to learn of which types the callbacks of tasks are."""

    def __init__(self):
        self.callbacks = []

    def call_soon(self, callback, *_, context=None):
        del context
        self.callbacks.append(callback)

    def get_debug(self):
        return False

    def is_running(self):
        return False


def learn_types():
    """Returns what callbacks are, by their types: a step's or a wake-up's of the tasks that C code makes, and bound methods."""
    loop = Sample()
    future = asyncio.Future(loop=loop)

    async def wait():
        await future

    task = asyncio.Task(wait(), loop=loop, name="loopscope")
    kinds = {types.MethodType: METHOD, type(loop.callbacks[0]): STEP}
    loop.callbacks[0]()
    future.set_result(None)
    kinds.setdefault(type(loop.callbacks[1]), WAKEUP)
    loop.callbacks[1](future)
    del task
    return kinds


def waits_by_code():
    """Returns what a task waits for that stands in a coroutine of asyncio's, by the coroutine's code."""
    said = {
        locks.Lock.acquire: WAIT_LOCK, locks.Semaphore.acquire: WAIT_SEMAPHORE, locks.Event.wait: WAIT_EVENT, locks.Condition.wait: WAIT_CONDITION,
        queues.Queue.get: WAIT_GET, queues.Queue.put: WAIT_PUT, queues.Queue.join: WAIT_JOIN, streams.StreamReader._wait_for_data: WAIT_SOCKET,
        tasks._wait: WAIT_WAIT,
    }  # fmt: skip
    group = getattr(asyncio, "TaskGroup", None)
    if group is not None:
        said[getattr(group, "_aexit", group.__aexit__)] = WAIT_GROUP
    return {function.__code__: wait for function, wait in said.items()}


class Hooks:
    """All hooks, and what they share."""

    def __init__(self, spool, known, variables):
        self.spool = spool
        self.tasks = known
        self.variables = variables
        self.kinds = learn_types()
        self.by_code = waits_by_code()
        self.loops = {}  # by address: number
        self.said_loop = None
        self.fresh = set()  # addresses of loops that are about to begin an iteration
        self.sleepers = {}  # address of a future -> the timer that will set it
        self.objects = {}  # address of what is waited for -> (type's name, number)
        self.object_count = 0

    def loop_number(self, loop):
        number = self.loops.get(id(loop))
        if number is None:
            number = self.loops[id(loop)] = max(self.loops.values(), default=0) + 1
            self.spool.record(LOOP, number, self.spool.text(type(loop).__name__))
            self.said_loop = loop
        return number

    def say_loop(self, loop):
        number = self.loop_number(loop)
        if self.said_loop is not loop:
            self.said_loop = loop
            self.spool.record(LOOP, number, 2 << 32)

    def begin_iteration(self, loop):
        """Writes which timers are in the snapshot, which is all that is ready, and that it begins."""
        number, ready = self.loop_number(loop), loop._ready
        at = len(ready)
        while at and type(ready[at - 1]) is events.TimerHandle:
            at -= 1
        for handle in [ready[index] for index in range(at, len(ready))]:
            self.spool.record(DUE, 0, id(handle) | IS_TIMER)
        self.said_loop = loop
        self.spool.record(ITERATION, number, len(ready) + 1)
        if len(self.spool.gathered) > 8192:
            self.spool.flush()

    def object_number(self, thing):
        known = self.objects.get(id(thing))
        if known is None or known[0] is not type(thing):
            self.object_count += 1
            known = self.objects[id(thing)] = type(thing), self.object_count
        return known[1]

    def write_wait(self, task, future):
        """Writes what a task waits for: by its future's type, else by the coroutine of asyncio's that it stands in."""
        if isinstance(future, (asyncio.Task, tasks._PyTask)):
            return self.spool.record(WAIT, self.tasks.number(future), WAIT_TASK)
        if type(future) is tasks._GatheringFuture:
            return self.spool.record(WAIT, self.object_number(future), WAIT_GATHER)
        timer = self.sleepers.pop(id(future), None)
        if timer is not None:
            return self.spool.record(WAIT, timer & 0xFFFFFFFF, WAIT_SLEEP | timer >> 32 << 32)
        wait, thing, coroutine = WAIT_FUTURE, future, task.get_coro()
        while type(coroutine) is types.CoroutineType:
            found = self.by_code.get(coroutine.cr_code)
            if found is not None and wait != WAIT_JOIN:
                wait, thing = found, coroutine.cr_frame.f_locals.get("self", future) if found != WAIT_WAIT else future
            coroutine = coroutine.cr_await
        return self.spool.record(WAIT, self.object_number(thing), wait)

    def announce(self, loop, callback, handle):
        """Writes that a handle becomes ready, by call_soon."""
        kind = self.kinds.get(type(callback))
        if kind is not None:
            owner = callback.__self__
            if isinstance(owner, (asyncio.Task, tasks._PyTask)):
                is_step = kind == STEP or kind == METHOD and "step" in callback.__name__
                if is_step and events._get_running_loop() is not None and asyncio.current_task() is owner:
                    return
                self.say_loop(loop)
                if is_step:
                    self.tasks.make(owner)
                else:
                    self.spool.record(WAKE, self.tasks.number(owner), id(handle))
                return
        self.say_loop(loop)
        self.spool.record(READY, self.spool.text(name_of(callback)), id(handle))


def name_of(callback):
    """Returns the name of a callback, without asking an object of the program's."""
    while type(callback) is functools.partial:
        callback = callback.func
    if type(callback) in (types.FunctionType, types.BuiltinFunctionType):
        return callback.__qualname__
    if type(callback) is types.MethodType and type(callback.__func__) is types.FunctionType:
        return callback.__func__.__qualname__
    return type(callback).__name__


def exception_name(task):
    error = task._exception
    return "" if error is None else type(error).__name__


def install(spool, known, variables, replace_in_type):
    """Hooks asyncio. `replace_in_type(type, name, function)` sets a method of a type that C code has made; returns what was there, or None."""
    hooks = Hooks(spool, known, variables)
    hook_handles(hooks)
    hook_loops(hooks)
    hook_tasks(hooks, replace_in_type)


def hook_handles(hooks):
    """Replaces Handle._run, and hooks Handle.cancel."""
    spool, known, fresh, kinds, variables = hooks.spool, hooks.tasks, hooks.fresh, hooks.kinds, hooks.variables
    numbers, record, own_cancel = known.numbers, spool.record, events.Handle.cancel
    timer_handle, all_tasks = events.TimerHandle, (asyncio.Task, tasks._PyTask)
    format_source = events.format_helpers._format_callback_source

    def _run(self):
        callback, loop = self._callback, self._loop
        if variables.switch_waits:
            variables.before_handle(loop)
        if id(loop) in fresh:
            fresh.discard(id(loop))
            hooks.begin_iteration(loop)
        task = callback.__self__ if type(callback) in kinds else None
        number, flags = 0, id(self)
        if task is not None and isinstance(task, all_tasks):
            number = numbers.get(id(task)) or known.make(task)
            if task._must_cancel or self._args and throws(self._args[0]):
                flags |= THROWS
        else:
            task = None
        if type(self) is timer_handle:
            flags |= IS_TIMER
        record(RUN, number, flags)
        variables.last_read = None
        status = RESULT << 32
        try:
            self._context.run(callback, *self._args)
        except (SystemExit, KeyboardInterrupt) as error:
            status = EXCEPTION << 32 | spool.text(type(error).__name__)
            raise
        except BaseException as error:
            status = EXCEPTION << 32 | spool.text(type(error).__name__)
            said = {"message": f"Exception in callback {format_source(callback, self._args)}", "exception": error, "handle": self}
            if self._source_traceback:
                said["source_traceback"] = self._source_traceback
            loop.call_exception_handler(said)
        finally:
            if task is not None:
                status = end_step(task, number, status)
            record(RAN, number, status)
        self = None  # as there, so that no cycle is left of an exception

    def end_step(task, number, status):
        if not task.done():
            future = task._fut_waiter
            if future is None:
                return YIELDS << 32
            hooks.write_wait(task, future)
            return WAITS << 32
        known.done(task, number)
        if task.cancelled():
            return CANCELLED << 32
        name = exception_name(task)
        return EXCEPTION << 32 | spool.text(name) if name else RESULT << 32

    def throws(waited):
        return isinstance(waited, futures.Future) and waited.cancelled()

    def cancel(self):
        if not self._cancelled:
            record(HANDLE_CANCEL, 0, id(self) | (IS_TIMER if isinstance(self, timer_handle) else 0))
        return own_cancel(self)

    events.Handle._run, events.Handle.cancel = _run, cancel


def hook_loops(hooks):
    """Hooks what schedules, the iterations, and the beginning and end of loops."""
    spool, record, fresh = hooks.spool, hooks.spool.record, hooks.fresh
    kind, selecting = base_events.BaseEventLoop, selector_events.BaseSelectorEventLoop
    own_init, own_close, own_stop, own_soon, own_at = kind.__init__, kind.close, kind.stop, kind._call_soon, kind.call_at
    own_add, own_events = kind._add_callback, selecting._process_events

    def __init__(self, *args, **options):
        own_init(self, *args, **options)
        hooks.loops.pop(id(self), None)
        hooks.loop_number(self)

    def close(self):
        own_close(self)
        number = hooks.loops.get(id(self))
        if number is not None and hooks.closed != number:
            hooks.closed = number
            record(LOOP, number, spool.text(type(self).__name__) | 1 << 32)
            spool.flush()

    def stop(self):
        record(STOP, hooks.loop_number(self), 0)
        return own_stop(self)

    def _call_soon(self, callback, args, context):
        handle = own_soon(self, callback, args, context)
        hooks.announce(self, callback, handle)
        return handle

    def call_at(self, when, callback, *args, context=None):
        handle = own_at(self, when, callback, *args, context=context)
        is_sleep = callback is futures._set_result_unless_cancelled and args
        if is_sleep:
            hooks.sleepers[id(args[0])] = id(handle)
        hooks.say_loop(self)
        meant = CALLBACK_SLEEP if is_sleep else CALLBACK_USER
        record(TIMER, spool.text(name_of(callback)), id(handle) | IS_TIMER | meant << 56)
        record(DEADLINE, 0, spool.on_clock(when))
        return handle

    def _add_callback(self, handle):
        if not handle._cancelled:
            hooks.say_loop(self)
            record(IO, spool.text(name_of(handle._callback)), id(handle) | CALLBACK_IO << 56)
        return own_add(self, handle)

    def _process_events(self, event_list):
        fresh.add(id(self))
        if event_list:
            own_events(self, event_list)

    hooks.closed = 0
    kind.__init__, kind.close, kind.stop, kind._call_soon, kind.call_at, kind._add_callback = __init__, close, stop, _call_soon, call_at, _add_callback
    selecting._process_events = _process_events


def hook_tasks(hooks, replace_in_type):
    """Hooks cancel() and set_name() of both classes of tasks."""
    spool, known = hooks.spool, hooks.tasks

    def hook(kind):
        def cancel(self, *args, **options):
            number = known.numbers.get(id(self))
            if number is None:
                return own_cancel(self, *args, **options)
            line = spool.line_of_caller() << 40
            spool.record(TASK_CANCEL, number, line | (CANCEL_DONE if self.done() else CANCEL_REQUESTED) << 32)
            result = own_cancel(self, *args, **options)
            if result and self._must_cancel:
                spool.record(TASK_CANCEL, number, line | CANCEL_FLAGGED << 32)
            return result

        def set_name(self, value):
            own_set_name(self, value)
            if id(self) in known.numbers:
                known.name(self, known.numbers[id(self)])

        own_cancel = replace_in_type(kind, "cancel", cancel)
        own_set_name = replace_in_type(kind, "set_name", set_name)

    for kind in dict.fromkeys((asyncio.Task, tasks._PyTask)):
        hook(kind)
