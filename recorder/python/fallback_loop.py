"""The hooks of asyncio's loop, tasks and handles, in Python. What they do not tell of what the extension tells: the lines where tasks are
suspended, eager first steps, executors' jobs, and exceptions' messages. Follows Lib/asyncio/events.py and base_events.py, 3.8 to 3.13."""

import asyncio
import contextvars
import time
import types
from asyncio import base_events, events, futures, selector_events, tasks

from loopscope_recorder import fallback_iteration
from loopscope_recorder.fallback_tasks import METHOD, STEP, WAKEUP, WAIT_FUTURE, WAIT_GATHER, WAIT_JOIN, WAIT_SLEEP, WAIT_TASK, WAIT_WAIT, learn_types, name_of, waits_by_code

LOOP, ITERATION, DUE, RUN, RAN, READY, WAKE, IO, TIMER, DEADLINE, HANDLE_CANCEL, _, _, WAIT, TASK_CANCEL, STOP = range(5, 21)
YIELDS, WAITS, RESULT, EXCEPTION, CANCELLED = range(5)
CALLBACK_USER, CALLBACK_SLEEP, CALLBACK_IO = 0, 1, 8
CANCEL_DONE, CANCEL_REQUESTED, CANCEL_FLAGGED = range(3)
CLOCK = 1
ALL_TASKS, PLAIN_FUTURE, GATHERING, COROUTINE = (asyncio.Task, tasks._PyTask), asyncio.Future, tasks._GatheringFuture, types.CoroutineType
IS_TIMER, THROWS = 1 << 48, 1 << 49


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
        kind = type(future)
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
            self.put(WAIT | number << 32, wait)
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
                    return
                self.say_loop(loop)
                if is_step:
                    self.tasks.make(owner)
                else:
                    self.spool.record(WAKE, self.tasks.number(owner), id(handle))
                return
        self.say_loop(loop)
        self.spool.record(READY, self.spool.text(name_of(callback)), id(handle))


def exception_name(task):
    error = task._exception
    return "" if error is None else type(error).__name__


def install(spool, known, variables, replace_in_type):
    """Hooks asyncio. `replace_in_type(type, name, function)` sets a method of a type that C code has made; returns what was there, or None."""
    hooks = Hooks(spool, known, variables)
    hook_handles(hooks)
    hook_call_soon(hooks)
    hook_loops(hooks)
    fallback_iteration.install(hooks, clock_of(spool), report)
    hook_tasks(hooks, replace_in_type)


def clock_of(spool):
    """Returns the function that `Spool.base` is subtracted from."""
    return time.perf_counter_ns if spool.virtual is None else spool.now


def hook_handles(hooks):
    """Replaces Handle._run, and hooks Handle.cancel. What is done for each handle is written out here, as calls are what costs: a task's two
    words are made once, and a `clock` record stands before each `ran`, so that no number has to be put together."""
    spool, known, kinds, state = hooks.spool, hooks.tasks, hooks.kinds, hooks.state
    words, record, extend, own_cancel = known.words, spool.record, spool.extend, events.Handle.cancel
    timer_handle, clock = events.TimerHandle, clock_of(spool)
    step_type = next(kind for kind, meaning in kinds.items() if meaning == STEP)
    flagged = hooks.flagged

    def _run(self):
        if state.fresh is not None:
            hooks.begin_iteration(self)
        callback = self._callback
        task = callback.__self__ if type(callback) is step_type else task_of(callback)
        if task is None:
            run_word, ran_word, flags = RUN, RAN, id(self) | IS_TIMER if type(self) is timer_handle else id(self)
        else:
            try:
                run_word, ran_word, _ = words[id(task)]
            except KeyError:
                run_word, ran_word, _ = known.new_words(task)
            flags = flags_of(task, run_word >> 32, self._args) if flagged or self._args else 0  # steps are told by their tasks
        if state.is_odd:
            record(RUN, run_word >> 32, flags)
        else:  # at the time of the last `clock`: a loop does nothing between two handles
            extend((run_word, flags))
        outer, state.task = state.task, task
        status = RESULT << 32
        try:
            self._context.run(callback, *self._args)
        except (SystemExit, KeyboardInterrupt) as error:
            status = EXCEPTION << 32 | spool.text(type(error).__name__)
            raise
        except BaseException as error:
            status = EXCEPTION << 32 | spool.text(type(error).__name__)
            report(self, callback, error)
        finally:
            if state.yielded:
                status, state.yielded = YIELDS << 32, False
            elif task is not None:
                status = hooks.write_wait(task, task._fut_waiter) if task._fut_waiter is not None else end_step(task, run_word >> 32)
            state.task = outer
            if state.is_odd:
                record(RAN, run_word >> 32, status)
            else:
                spool.base = now = clock()
                extend((CLOCK, now - spool.began, ran_word, status))
        self = None  # as there, so that no cycle is left of an exception

    def task_of(callback):
        owner = callback.__self__ if type(callback) in kinds else None
        return owner if isinstance(owner, ALL_TASKS) else None

    def flags_of(task, number, args):
        if number in flagged:
            flagged.discard(number)
            return THROWS
        return THROWS if args and isinstance(args[0], futures.Future) and args[0].cancelled() else 0

    def end_step(task, number):
        if not task.done():
            return YIELDS << 32
        known.done(task, number)
        if task.cancelled():
            return CANCELLED << 32
        name = exception_name(task)
        return EXCEPTION << 32 | spool.text(name) if name else RESULT << 32

    def cancel(self):
        if not self._cancelled:
            record(HANDLE_CANCEL, 0, id(self) | (IS_TIMER if isinstance(self, timer_handle) else 0))
        return own_cancel(self)

    hooks.step_type, hooks.task_of, hooks.flags_of, hooks.end_step = step_type, task_of, flags_of, end_step
    events.Handle._run, events.Handle.cancel = _run, cancel


def report(handle, callback, error):
    """Tells the loop of an exception in a callback, as Handle._run does."""
    source = events.format_helpers._format_callback_source(callback, handle._args)
    said = {"message": f"Exception in callback {source}", "exception": error, "handle": handle}
    if handle._source_traceback:
        said["source_traceback"] = handle._source_traceback
    handle._loop.call_exception_handler(said)


def hook_call_soon(hooks):
    """Replaces BaseEventLoop.call_soon by what it does where nothing is debugged, in one function; and hooks _call_soon, which
    call_soon_threadsafe calls as well."""
    kind, handle_type, new, copy = base_events.BaseEventLoop, events.Handle, object.__new__, contextvars.copy_context
    own_soon, own_schedule, state = kind.call_soon, kind._call_soon, hooks.state
    step_type = next(found for found, meaning in hooks.kinds.items() if meaning == STEP)
    wakeup_type = next((found for found, meaning in hooks.kinds.items() if meaning == WAKEUP), step_type)
    words, extend = hooks.tasks.words, hooks.spool.extend
    plain = {}  # by class of loops: whether it schedules as asyncio does

    def is_plain(loop_type):
        names = ("call_soon", "_call_soon", "_check_closed", "get_debug")
        plain[loop_type] = all(getattr(loop_type, name) is getattr(kind, name) for name in names)
        return plain[loop_type]

    def call_soon(self, callback, *args, context=None):
        loop_type = type(self)
        if self._closed or self._debug or not (plain[loop_type] if loop_type in plain else is_plain(loop_type)):
            return own_soon(self, callback, *args, context=context)
        handle = new(handle_type)
        handle._context = copy() if context is None else context
        handle._loop = self
        handle._callback = callback
        handle._args = args
        handle._cancelled = False
        handle._repr = handle._source_traceback = None
        if type(callback) is step_type and callback.__self__ is state.task and not state.is_odd:
            state.yielded = True
        elif type(callback) is wakeup_type and id(callback.__self__) in words and state.loop is self and not state.is_odd:
            extend((words[id(callback.__self__)][2], 0))
        else:
            hooks.announce(self, callback, handle)
        self._ready.append(handle)
        return handle

    def _call_soon(self, callback, args, context):
        handle = own_schedule(self, callback, args, context)
        hooks.announce(self, callback, handle)
        return handle

    call_soon.__doc__ = own_soon.__doc__
    kind.call_soon, kind._call_soon = call_soon, _call_soon


def hook_loops(hooks):
    """Hooks what schedules, the iterations, and the beginning and end of loops."""
    spool, record, state = hooks.spool, hooks.spool.record, hooks.state
    kind, selecting = base_events.BaseEventLoop, selector_events.BaseSelectorEventLoop
    own_init, own_close, own_stop, own_at = kind.__init__, kind.close, kind.stop, kind.call_at
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
        if state.fresh is not None and state.fresh is not self:
            hooks.others.add(state.fresh)
        state.fresh = self
        if event_list:
            own_events(self, event_list)

    hooks.closed = 0
    kind.__init__, kind.close, kind.stop, kind.call_at, kind._add_callback = __init__, close, stop, call_at, _add_callback
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
                hooks.flagged.add(number)
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
