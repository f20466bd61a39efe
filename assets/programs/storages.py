"""Where the programs beside this file keep their variables, and how they are run.

    python3 NAME.py STORAGE

A program makes its variables with `Variable` and ends with `run`.  STORAGE is one of STORAGES and
decides what `get` and `set` mean, and what a new task gets:

- `global`: one cell for everyone; a module or class attribute is the same thing;
- `thread-local`: `threading.local()`, one cell for each thread and all of its tasks;
- `contextvar`: `contextvars` (PEP 567), a copy of the current context for each task and callback;
- `context-shared`: a dictionary for each task, the same one as its parent's;
- `context-copy`: a dictionary for each task, a deep copy of its parent's, made at creation;
- `context-chainmap`: a dictionary for each task, a layer over its parent's live one.

The last three are what aiotask_context's three task factories do.
"""

import asyncio
import collections
import contextvars
import copy
import sys
import threading

# What makes the event loop; tests put a loop with a virtual clock here.
new_event_loop = asyncio.new_event_loop


class Variable:
    """A variable that lives in the selected storage."""

    def __init__(self, name, default="."):
        self.name = name
        self.default = default
        self._origin = contextvars.ContextVar("origin")  # knows the context that a token is of

    def get(self):
        """Return the value, or the default if there is none."""
        return _selected.get(self)

    def set(self, value):
        """Set the value; return a token for `reset`."""
        before = self.get()
        _selected.set(self, value)
        return self._origin.set(None), before

    def reset(self, token):
        """Take a `set` back; as with contextvars, ValueError in another context than that one's."""
        origin, before = token
        self._origin.reset(origin)
        _selected.set(self, before)


class Global:
    """A cell for each variable."""

    task_factory = None

    def __init__(self):
        self._cells = {}

    def get(self, variable):
        return self._cells.get(variable.name, variable.default)

    def set(self, variable, value):
        self._cells[variable.name] = value


class ThreadLocal:
    """A cell for each variable in each thread."""

    task_factory = None

    def __init__(self):
        self._cells = threading.local()

    def get(self, variable):
        return getattr(self._cells, variable.name, variable.default)

    def set(self, variable, value):
        setattr(self._cells, variable.name, value)


class ContextVars:
    """A context variable for each variable."""

    task_factory = None

    def __init__(self):
        self._variables = collections.defaultdict(lambda: contextvars.ContextVar("variable"))

    def get(self, variable):
        return self._variables[variable.name].get(variable.default)

    def set(self, variable, value):
        self._variables[variable.name].set(value)


class TaskContext:
    """A dictionary for each task.

    A root task, created while no task runs, gets a new one: `new()`.  A child gets what `derive`
    makes of its parent's.
    """

    def __init__(self, new, derive):
        self._new = new
        self._derive = derive

    def get(self, variable):
        return self._current().get(variable.name, variable.default)

    def set(self, variable, value):
        self._current()[variable.name] = value

    def task_factory(self, loop, coroutine, **options):
        """Create a task and its dictionary, for `loop.set_task_factory`."""
        parent = asyncio.current_task(loop)
        task = asyncio.Task(coroutine, loop=loop, **options)
        task.context = self._new() if parent is None else self._derive(parent.context)
        return task

    @staticmethod
    def _current():
        try:
            task = asyncio.current_task()
        except RuntimeError:  # in a thread that runs no loop
            task = None
        if task is None:
            raise ValueError("no task is running, so there is no task context")
        return task.context


STORAGES = {
    "global": Global,
    "thread-local": ThreadLocal,
    "context-shared": lambda: TaskContext(dict, lambda parent: parent),
    "context-copy": lambda: TaskContext(dict, copy.deepcopy),
    "context-chainmap": lambda: TaskContext(collections.ChainMap, collections.ChainMap.new_child),
    "contextvar": ContextVars,
}

_selected = Global()


def select(name):
    """Keep all variables, empty, in the storage of this name from now on; return it."""
    global _selected
    _selected = STORAGES[name]()
    return _selected


def show(text):
    """Print a symbol behind those that were printed before."""
    print(text, end="", flush=True)


def run(start, **other_threads):
    """Run what `start()` returns, a coroutine or a future, with the storage that the command line names.

    Each of `other_threads`, NAME=START, does so at the same time in a thread and a loop of its own.
    """
    names = ", ".join(STORAGES)
    if len(sys.argv) != 2 or sys.argv[1] not in STORAGES:
        sys.exit(f"Name a storage: {names}.")
    select(sys.argv[1])
    threads = [threading.Thread(target=_run_loop, args=[other], name=name) for name, other in other_threads.items()]
    for thread in threads:
        thread.start()
    try:
        _run_loop(start)
    finally:
        for thread in threads:
            thread.join()
        print()


def _run_loop(start):
    """Run what `start()` returns in this thread, in a loop of its own."""
    loop = new_event_loop()
    asyncio.set_event_loop(loop)
    loop.set_task_factory(_selected.task_factory)
    try:
        loop.run_until_complete(start())
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
