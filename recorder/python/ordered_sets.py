# SPDX-License-Identifier: MIT
"""asyncio's own sets of tasks under a schedule: what asyncio.wait returns, the children of a TaskGroup, all_tasks, as_completed, and asynchronous generators.
CPython walks a set in the order of hashes, which are addresses here; these keep the order of insertion, and where that is free ask for another one."""

import ast
import inspect
import sys
import weakref

from loopscope_recorder.course import Course
from loopscope_recorder.schedule import SET

futures = None  # asyncio.futures
waits = ()  # codes of functions of asyncio for which an order matters only where tasks are made in it
completes = ()  # and of those for which it matters as well where futures are done already


class OrderedSet(set):
    """A set that is walked in the order of insertion, or in one that is chosen, and stays, until something is added."""

    def __init__(self, items=()):
        self._order = dict.fromkeys(items)
        self._chosen = ()
        super().__init__(self._order)

    def add(self, item):
        self._order[item] = None
        super().add(item)

    def discard(self, item):
        self._order.pop(item, None)
        super().discard(item)

    def remove(self, item):
        super().remove(item)
        self._order.pop(item, None)

    def clear(self):
        self._order.clear()
        super().clear()

    def update(self, *others):
        for other in others:
            for item in other:
                self.add(item)

    def pop(self):
        """Removes and returns the first one; raises KeyError where there is none."""
        for item in self:
            self.remove(item)
            return item
        raise KeyError("pop from an empty set")

    def copy(self):
        return OrderedSet(self._items())

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        return OrderedSet([*self._items(), *other])

    def __sub__(self, other):
        return OrderedSet([item for item in self._items() if item not in other])

    def __and__(self, other):
        return OrderedSet([item for item in self._items() if item in other])

    def __reduce__(self):
        return set, (list(self._items()),)

    def __repr__(self):
        return repr(set(self._items())) if len(self) else "set()"

    def __iter__(self):
        items = self._items()
        taken = Course.now
        if len(items) > 1 and taken.plan.sets and not taken.is_over and self._matters(sys._getframe(1).f_code, items):
            items = self._in_chosen_order(items)
        return iter(items)

    def _items(self):
        return [item for item in self._order if super(OrderedSet, self).__contains__(item)]

    def _in_chosen_order(self, items):
        known = set(self._chosen)
        if not known.issuperset(items):
            self._chosen = Course.now.shuffled(SET, items)
            return self._chosen
        return [item for item in self._chosen if super(OrderedSet, self).__contains__(item)]

    @staticmethod
    def _matters(code, items):
        """Returns whether the order matters to a function that walks."""
        if code not in waits and code not in completes:
            return True
        if not all(futures.isfuture(item) for item in items):
            return True
        return code in completes and sum(item.done() for item in items) > 1


def codes_of(module, *names):
    """Returns the codes of functions of a module that there are, `CLASS.NAME` among them."""
    found = []
    for name in names:
        place = module
        for part in name.split("."):
            place = getattr(place, part, None)
        if hasattr(place, "__code__"):
            found.append(place.__code__)
    return tuple(found)


class Displays(ast.NodeTransformer):
    """Writes `set(… for …)` for `{… for …}`, so that it is a set of ours."""

    def visit_SetComp(self, node):
        self.generic_visit(node)
        items = ast.copy_location(ast.GeneratorExp(node.elt, node.generators), node)
        return ast.copy_location(ast.Call(ast.copy_location(ast.Name("set", ast.Load()), node), [items], []), node)


def rewrite_displays(module, *names):
    """Compiles some of a module's functions anew, with sets of ours in the place of displays. What cannot be, for want of source, stays as it is."""
    try:
        with open(module.__file__, encoding="utf-8") as file:
            lines = file.readlines()
    except OSError:
        return
    for name in names:
        place = module
        for part in name.split("."):
            place = getattr(place, part, None)
        code = getattr(place, "__code__", None)
        made = code and compiled_alone(lines, code)
        if made and made.co_freevars == code.co_freevars:
            place.__code__ = made


def compiled_alone(lines, code):
    """Returns a function's code, compiled anew from its own lines of a module: to parse all of it takes longer than anything else that is done here.
    None where they are not its source."""
    first = code.co_firstlineno - 1
    try:
        block = inspect.getblock(lines[first:])
        is_method = block[0][0] == " "
        text = "\n" * (first - is_method) + "if True:\n" * is_method + "".join(block)
        tree = Displays().visit(ast.parse(text))
        compiled = compile(tree, code.co_filename, "exec", dont_inherit=True)
    except (IndexError, SyntaxError):
        return None
    found = next((each for each in compiled.co_consts if getattr(each, "co_name", None) == code.co_name), None)
    if found and hasattr(code, "co_qualname"):
        found = found.replace(co_qualname=code.co_qualname)
    return found


def install():
    """Puts such sets in the place of asyncio's; to be done before anybody has looked at its code."""
    global futures, waits, completes
    import asyncio
    from asyncio import tasks

    futures = asyncio.futures
    rewrite_displays(tasks, "wait", "as_completed", "_AsCompletedIterator.__init__")
    waits = codes_of(tasks, "wait", "_wait")
    completes = codes_of(tasks, "as_completed", "_AsCompletedIterator.__init__")
    tasks.set = OrderedSet
    if hasattr(asyncio, "taskgroups"):
        asyncio.taskgroups.set = OrderedSet
    own = tasks.all_tasks

    def all_tasks(loop=None):
        """Return a set of all tasks for the loop."""
        return OrderedSet(sorted(own(loop), key=Course.now.backend.task))

    tasks.all_tasks = asyncio.all_tasks = all_tasks


def new_weak_set():
    """Returns a set of ours that does not keep what is in it."""
    made = weakref.WeakSet()
    made.data = OrderedSet()
    return made
