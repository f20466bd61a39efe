"""A dictionary for each task, handed down in one of aiotask_context's three ways.

Each function is a task factory for `loop.set_task_factory`.  A root task, created while
no task runs, always gets a new dictionary; the factories differ in what a child gets:

- `shared`: the same dictionary as its parent, so that either sees what the other sets;
- `copying`: a deep copy made at creation, after which the two have nothing in common;
- `chained`: a layer of its own over its parent's live map, so that it sees what the parent
  sets later, unless it has set that key itself, and the parent sees nothing of the child's.
"""

import asyncio
import collections
import copy


def shared(loop, coroutine, **options):
    """Create a task that shares its parent's dictionary."""
    return _create(loop, coroutine, options, dict, lambda parent: parent)


def copying(loop, coroutine, **options):
    """Create a task with a deep copy of its parent's dictionary."""
    return _create(loop, coroutine, options, dict, copy.deepcopy)


def chained(loop, coroutine, **options):
    """Create a task with a layer over its parent's map."""
    chain_map = collections.ChainMap
    return _create(loop, coroutine, options, chain_map, chain_map.new_child)


def current():
    """The running task's own dictionary."""
    return asyncio.current_task().context


def _create(loop, coroutine, options, new, derive):
    """Create a task whose dictionary is `new()` or derived from that of the running task."""
    parent = asyncio.current_task(loop)
    task = asyncio.Task(coroutine, loop=loop, **options)
    task.context = new() if parent is None else derive(parent.context)
    return task
