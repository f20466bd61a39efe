# SPDX-License-Identifier: MIT
"""BaseEventLoop._run_once with the recording of each handle written into it: a call for each would cost more than all the rest.

Follows Lib/asyncio/base_events.py of 3.8 to 3.13, whose versions of it do the same. It is used while one thread records, nothing is debugged
and nobody else has changed Handle._run; else the loop's own does its work, with that `_run` of fallback_loop.py."""

import heapq
from asyncio import base_events, events, selector_events

from loopscope_recorder.fallback_tasks import WAKEUP

CLOCK, ITERATION, DUE, RUN, RAN = 1, 6, 7, 8, 9
PLAIN = RUN, RAN, 0  # the words of a callback that is no task's
GATHERED = 16384  # numbers that are kept before they are written
YIELDS, WAITS, RESULT, EXCEPTION = 0, 1 << 32, 2 << 32, 3 << 32
IS_TIMER, THROWS = 1 << 48, 1 << 49


def drop_cancelled_timers(loop):
    """Takes cancelled timers out of the heap: all of them where they are many, else those in front."""
    scheduled = loop._scheduled
    count = len(scheduled)
    if count > base_events._MIN_SCHEDULED_TIMER_HANDLES and loop._timer_cancelled_count / count > base_events._MIN_CANCELLED_TIMER_HANDLES_FRACTION:
        left = []
        for handle in scheduled:
            if handle._cancelled:
                handle._scheduled = False
            else:
                left.append(handle)
        heapq.heapify(left)
        loop._scheduled = left
        loop._timer_cancelled_count = 0
        return
    while scheduled and scheduled[0]._cancelled:
        loop._timer_cancelled_count -= 1
        heapq.heappop(scheduled)._scheduled = False


def gather_ready(loop):
    """Polls for events and appends what is due to the ready queue; returns how many timers are, and whether time has passed."""
    if loop._scheduled:
        drop_cancelled_timers(loop)
    timeout = None
    if loop._ready or loop._stopping:
        timeout = 0
    elif loop._scheduled:
        timeout = min(max(0, loop._scheduled[0]._when - loop.time()), base_events.MAXIMUM_SELECT_TIMEOUT)
    found = loop._selector.select(timeout)
    if found:
        loop._process_events(found)
    scheduled, due = loop._scheduled, 0
    if scheduled:
        end_time = loop.time() + loop._clock_resolution
        while scheduled and scheduled[0]._when < end_time:
            handle = heapq.heappop(scheduled)
            handle._scheduled = False
            loop._ready.append(handle)
            due += 1
    return due, timeout != 0 or bool(found)


def install(hooks, clock, report):
    """Puts it into BaseEventLoop. `clock()` is what records are stamped with; `report(handle, callback, error)` tells the loop of an error."""
    kind, spool, state, known = base_events.BaseEventLoop, hooks.spool, hooks.state, hooks.tasks
    own_run_once, own_run, timer_type = kind._run_once, events.Handle._run, events.TimerHandle
    wakeup_type = next((found for found, meaning in hooks.kinds.items() if meaning == WAKEUP), None)
    words, extend, step_type, task_of, flags_of, end_step = known.words, spool.extend, hooks.step_type, hooks.task_of, hooks.flags_of, hooks.end_step
    flagged, write_wait, loops, variables = hooks.flagged, hooks.write_wait, hooks.loops, hooks.variables
    gate = spool.gate
    plain = {}  # by class of loops: whether what an iteration calls is asyncio's own

    def is_plain(loop_type):
        if loop_type not in plain:
            plain[loop_type] = loop_type._process_events is selector_events.BaseSelectorEventLoop._process_events
        return plain[loop_type]

    def begin(loop, handle, ready, due, has_waited):
        """Writes that an iteration begins with a handle, `due` timers being the last of those that are ready."""
        for timer in [handle, *ready][-due:] if due else ():
            if type(timer) is timer_type:
                spool.record(DUE, 0, id(timer) | IS_TIMER)
        if loop is not state.loop:
            hooks.loop_number(loop)
            state.loop = loop
        if has_waited:  # else the time is that of the handle before
            spool.base = now = clock()
            extend((CLOCK, now - spool.began))
        extend((ITERATION | loops[id(loop)] << 32, len(ready) + 1))

    def run_ready(loop, ready, due, has_waited):
        """Runs the handles that are ready now."""
        began, is_first = spool.began, True
        for _ in range(len(ready)):
            handle = ready.popleft()
            if handle._cancelled:
                continue
            if state.is_odd:
                handle._run()
                continue
            if is_first:
                is_first = False
                begin(loop, handle, ready, due, has_waited)
            if gate is not None and gate.is_closed():
                handle._run()
                continue
            callback = handle._callback
            if type(callback) is step_type:
                task = callback.__self__
                try:
                    run_word, ran_word, __ = words[id(task)]
                except KeyError:
                    run_word, ran_word, __ = known.new_words(task)
                extend((run_word, flags_of(task, run_word >> 32, ()) if flagged else 0))
            elif type(callback) is wakeup_type and id(task := callback.__self__) in words:
                run_word, ran_word, __ = words[id(task)]
                extend((run_word, THROWS if handle._args[0].cancelled() else 0))
            else:
                task = task_of(callback)
                run_word, ran_word, __ = PLAIN if task is None else known.words_of(task)
                flags = id(handle) if task is None else flags_of(task, run_word >> 32, handle._args)
                extend((run_word, flags | IS_TIMER if type(handle) is timer_type else flags))
            state.task = task
            status = RESULT
            try:
                handle._context.run(callback, *handle._args)
            except (SystemExit, KeyboardInterrupt) as error:
                status = EXCEPTION | spool.text(type(error).__name__)
                raise
            except BaseException as error:
                status = EXCEPTION | spool.text(type(error).__name__)
                report(handle, callback, error)
            finally:
                if state.yielded:
                    status, state.yielded = YIELDS, False
                elif task is not None:
                    future, asked = task._fut_waiter, state.asked
                    if future is None:
                        status = end_step(task, run_word >> 32)
                    elif asked is not None and asked[0] and asked[0][-1] is future and not state.is_odd:  # as write_wait does
                        extend(asked[1])
                        status, state.asked = WAITS, None
                    else:
                        status = write_wait(task, future)
                state.task = None
                if state.is_odd:
                    spool.record(RAN, run_word >> 32, status)
                else:
                    spool.base = now = clock()
                    extend((CLOCK, now - began, ran_word, status))

    def _run_once(self):
        """Run one full iteration of the event loop."""
        is_odd = state.is_odd or state.task is not None or variables.counted  # those are counted by Handle._run
        if self._debug or is_odd or events.Handle._run is not own_run or not is_plain(type(self)):
            own_run_once(self)
            return
        due, has_waited = gather_ready(self)
        state.fresh = None
        if variables.switch_waits:
            variables.before_handle(self)
        if len(spool.gathered) > GATHERED:
            spool.flush()
        run_ready(self, self._ready, due, has_waited)

    kind._run_once = _run_once
