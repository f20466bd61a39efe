# SPDX-License-Identifier: MIT
"""The hooks of asyncio's loops and handles, in Python. What they do not tell of what the extension tells: the lines where tasks are
suspended, executors' jobs, and exceptions' messages. Follows Lib/asyncio/events.py and base_events.py, 3.8 to 3.13."""

import contextvars
import os
import time
from asyncio import base_events, events, futures, selector_events

from loopscope_recorder import fallback_causes, fallback_iteration, fallback_task_hooks
from loopscope_recorder.fallback_hooks import ALL_TASKS, Hooks
from loopscope_recorder.fallback_tasks import STEP, WAKEUP, dress, name_of

CLOCK, LOOP, RUN, RAN, IO, TIMER, DEADLINE, HANDLE_CANCEL, STOP = 1, 5, 8, 9, 12, 13, 14, 15, 20
YIELDS, RESULT, EXCEPTION, CANCELLED = 0, 2, 3, 4
CALLBACK_USER, CALLBACK_SLEEP, CALLBACK_IO = 0, 1, 8
HERE = os.path.dirname(os.path.abspath(__file__))
IS_TIMER, THROWS = 1 << 48, 1 << 49


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
    fallback_task_hooks.install(hooks, replace_in_type)
    fallback_causes.install(hooks)


def clock_of(spool):
    """Returns the function that `Spool.base` is subtracted from."""
    return time.perf_counter_ns if spool.virtual is None and spool.gate is None else spool.now


def hook_handles(hooks):
    """Replaces Handle._run, and hooks Handle.cancel. What is done for each handle is written out here, as calls are what costs: a task's two
    words are made once, and a `clock` record stands before each `ran`, so that no number has to be put together."""
    spool, known, kinds, state = hooks.spool, hooks.tasks, hooks.kinds, hooks.state
    words, record, extend, own_cancel = known.words, spool.record, spool.extend, events.Handle.cancel
    timer_handle, clock = events.TimerHandle, clock_of(spool)
    step_type = next(kind for kind, meaning in kinds.items() if meaning == STEP)
    flagged, gate, variables = hooks.flagged, spool.gate, hooks.variables

    def run(self):
        if state.fresh is not None:
            hooks.begin_iteration(self)
        if variables.counted:
            variables.before_counted_handle()
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
            if variables.counted:
                variables.make_counted_switches()
        self = None  # as there, so that no cycle is left of an exception

    def run_at_gate(self):
        if gate.is_closed():
            gate.let_through(run, self)
        else:
            run(self)

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
    ours = run if gate is None else run_at_gate
    events.Handle._run, events.Handle.cancel = dress(ours, events.Handle._run), dress(cancel, own_cancel)


def report(handle, callback, error):
    """Tells the loop of an exception in a callback, as Handle._run does."""
    source = events.format_helpers._format_callback_source(callback, handle._args)
    said = {"message": f"Exception in callback {source}", "exception": error, "handle": handle}
    if handle._source_traceback:
        said["source_traceback"] = handle._source_traceback
    handle._loop.call_exception_handler(said)


def leave_out_frames(handle):
    """Takes our frame out of what debug mode says of where a handle was made, as each of the loop's methods does with its own."""
    frames = handle._source_traceback
    while frames and os.path.dirname(frames[-1].filename) == HERE:
        del frames[-1]


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
            handle = own_soon(self, callback, *args, context=context)
            leave_out_frames(handle)
            return handle
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
        leave_out_frames(handle)
        return handle

    kind.call_soon, kind._call_soon = dress(call_soon, own_soon), dress(_call_soon, own_schedule)


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
        leave_out_frames(handle)
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

    def loop_time(self):
        """Return the time according to the event loop's clock, which stands while the program is paused."""
        return spool.gate.now() / 1e9

    hooks.closed = 0
    if spool.gate is not None:
        kind.time = dress(loop_time, kind.time)
    for ours, own in ((__init__, own_init), (close, own_close), (stop, own_stop), (call_at, own_at), (_add_callback, own_add)):
        setattr(kind, own.__name__, dress(ours, own))
    selecting._process_events = dress(_process_events, own_events)
