# SPDX-License-Identifier: MIT
"""The hooks of tasks, for the recorder in Python: cancel(), set_name(), and first steps that run as an eager task is made."""

import asyncio
from asyncio import base_events, tasks

from loopscope_recorder.fallback_tasks import EAGER, dress

RUN, RAN, TASK_CANCEL = 8, 9, 19
RESULT = 2
CANCEL_DONE, CANCEL_REQUESTED, CANCEL_FLAGGED = range(3)


def install(hooks, replace_in_type):
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
    if hasattr(asyncio, "eager_task_factory"):
        hook_eager_tasks(hooks)


def hook_eager_tasks(hooks):
    """Hooks create_task of loops whose task factory makes eager tasks (3.12): what runs inside of it is the new task's first step."""
    kind, known, record = base_events.BaseEventLoop, hooks.tasks, hooks.spool.record
    own_create, state = kind.create_task, hooks.state

    def create_task(self, coro, **options):
        factory = self._task_factory
        if factory is None or "create_eager_task_factory" not in getattr(factory, "__qualname__", "") or not self.is_running():
            return own_create(self, coro, **options)
        number = known.write(coro, EAGER)
        known.eager.append(number)
        record(RUN, number, 0)
        outer, state.task, task = state.task, None, None
        try:
            task = own_create(self, coro, **options)
            return task
        finally:
            known.eager.pop()
            status = RESULT << 32
            if task is not None:
                known.know(task, number)
                known.name(task, number)
                future = getattr(task, "_fut_waiter", None)
                status = hooks.write_wait(task, future) if future is not None else hooks.end_step(task, number)
            state.task = outer
            record(RAN, number, status)

    kind.create_task = dress(create_task, own_create)
