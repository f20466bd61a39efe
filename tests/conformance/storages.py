"""The places where a conformance program may keep its symbol, all with one interface:
`get()`, `set(value)`, and the task factory that the loop needs for it, or None.
"""

import contextvars
import threading

import task_context

_cell = None
_thread_cells = threading.local()
_variable = contextvars.ContextVar("symbol")

_TASK_FACTORIES = {
    "context_shared": task_context.shared,
    "context_copy": task_context.copying,
    "context_chainmap": task_context.chained,
}


def create_storage(kind, default):
    """The storage that a program names; `default` is what it holds before any write."""
    if kind in _TASK_FACTORIES:
        return TaskContext(default, _TASK_FACTORIES[kind])
    return {"global": Global, "thread_local": ThreadLocal, "contextvar": ContextVar}[kind](default)


class Global:
    """One cell for all: a module global."""

    task_factory = None

    def __init__(self, default):
        self.set(default)

    def get(self):
        return _cell

    def set(self, value):
        global _cell
        _cell = value


class ThreadLocal:
    """One cell for each thread."""

    task_factory = None

    def __init__(self, default):
        self._default = default

    def get(self):
        return getattr(_thread_cells, "symbol", self._default)

    def set(self, value):
        _thread_cells.symbol = value


class ContextVar:
    """A PEP 567 context variable: each task has a copy of the context it was created in."""

    task_factory = None

    def __init__(self, default):
        self._default = default

    def get(self):
        return _variable.get(self._default)

    def set(self, value):
        _variable.set(value)


class TaskContext:
    """A dictionary for each task, filled as its task factory decides."""

    def __init__(self, default, task_factory):
        self._default = default
        self.task_factory = task_factory

    def get(self):
        return task_context.current().get("symbol", self._default)

    def set(self, value):
        task_context.current()["symbol"] = value
