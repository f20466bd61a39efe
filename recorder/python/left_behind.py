# SPDX-License-Identifier: MIT
"""What a run of the program has changed in this process, given back as far as one can, so that the next run begins as the first one did."""

import _signal  # what `signal` makes enumerations of
import builtins
import contextvars
import gc
import itertools
import logging
import operator
import os
import random
import signal
import sys
import threading
import warnings
from asyncio import tasks

from loopscope_recorder import owners, recorder, turnstile

STREAMS = ("stdin", "stdout", "stderr")  # by descriptor
ATTRIBUTES = ("argv", "path", "meta_path", "path_hooks", "excepthook", "displayhook", "unraisablehook")
SIGNALS = [int(each) for each in signal.Signals if each not in (signal.SIGKILL, signal.SIGSTOP)]


class Surroundings:
    """What all runs begin with: kept once, when the libraries are there, and given back after each run."""

    def __init__(self):
        self.modules = dict(sys.modules)
        self.streams = {name: (getattr(sys, name), dict(vars(getattr(sys, name)))) for name in STREAMS if getattr(sys, name) is not None}
        self.attributes = {name: getattr(sys, name) for name in ATTRIBUTES}
        self.lists = [(each, list(each)) for each in (sys.argv, sys.path, sys.meta_path, sys.path_hooks, warnings.filters)]
        self.environment = dict(os.environ._data)
        self.folder = os.getcwd()
        self.recursion = sys.getrecursionlimit()
        self.signals = {each: _signal.getsignal(each) for each in SIGNALS}
        self.showwarning = warnings.showwarning
        self.loggers = {name: (dict(vars(logger)), list(logger.handlers), list(logger.filters)) for name, logger in all_loggers()}
        self.handlers = list(logging._handlerList)
        self.context = contextvars.copy_context()
        self.threads = set(threading.enumerate())
        self.threads_hook = threading.excepthook
        self.builtins = dict(vars(builtins))

    def fresh_context(self):
        """Returns the context that a run begins in: what libraries have set as they were imported, and nothing else."""
        return self.context.run(contextvars.copy_context)

    @staticmethod
    def begin():
        """Makes all runs, also those of other processes, begin with the same random numbers and numbers in names."""
        random.seed(0)
        turnstile.number_names()
        tasks._task_name_counter = itertools.count(1).__next__

    def give_back(self, taken):
        """Gives back what a run has changed, closes its loops, and destroys what it has left."""
        sys.unraisablehook = lambda *_: None
        give_back_loops(taken.loops)
        taken.end_of_run()
        self.give_back_modules()
        self.give_back_streams()
        for each, items in self.lists:
            if each != items:
                each[:] = items
        self.give_back_process()
        self.give_back_logging()
        gc.collect()
        for name, value in self.attributes.items():
            setattr(sys, name, value)
        threading.excepthook = self.threads_hook

    def give_back_modules(self):
        """Drops the program's modules, and the libraries that it has put in the place of others. Libraries that it was the first to import stay."""
        sys.modules["__main__"] = self.modules["__main__"]
        if holds_same(sys.modules, self.modules):
            return
        for name in sys.modules.keys() - self.modules.keys():
            if owners.is_programs(name):
                del sys.modules[name]
            else:
                self.modules[name] = sys.modules[name]
        sys.modules.update(self.modules)

    def give_back_streams(self):
        for name, (stream, names) in self.streams.items():
            if getattr(sys, name) is not stream:
                setattr(sys, name, stream)
            if stream.closed:
                self.open_again(name)
            elif vars(stream) != names:
                vars(stream).clear()
                vars(stream).update(names)

    def open_again(self, name):
        """Opens a standard stream that the program has closed."""
        descriptor = STREAMS.index(name)
        stream = open(descriptor, "w" if descriptor else "r", encoding="utf-8", errors="backslashreplace", closefd=False)
        if descriptor:
            recorder.Recording.backend.output(stream, descriptor)
        setattr(sys, name, stream)
        self.streams[name] = stream, dict(vars(stream))

    def give_back_process(self):
        """Gives back environment, folder, builtins, signal handlers, and what `warnings` goes by."""
        if os.environ._data != self.environment:
            os.environ.clear()
            os.environ.update({os.fsdecode(name): os.fsdecode(value) for name, value in self.environment.items()})
        if os.getcwd() != self.folder:
            os.chdir(self.folder)
        if sys.getrecursionlimit() != self.recursion:
            sys.setrecursionlimit(self.recursion)
        if not holds_same(vars(builtins), self.builtins):
            vars(builtins).clear()
            vars(builtins).update(self.builtins)
        _signal.set_wakeup_fd(-1)
        _signal.setitimer(_signal.ITIMER_REAL, 0)
        for number, handler in self.signals.items():
            if _signal.getsignal(number) != handler and handler is not None:
                _signal.signal(number, handler)
        warnings.showwarning = self.showwarning
        warnings._filters_mutated()  # and so what libraries have warned of is warned of again
        owners.searches = 0

    def give_back_logging(self):
        """Takes out the loggers and handlers that the program has added, and gives those that were there their levels and handlers again."""
        for name, logger in all_loggers():
            if name not in self.loggers:
                logging.root.manager.loggerDict.pop(name, None)
                continue
            names, handlers, filters = self.loggers[name]
            if vars(logger) != names:
                vars(logger).update(names)
            if logger.handlers != handlers or logger.filters != filters:
                logger.handlers[:], logger.filters[:] = handlers, filters
            logger._cache.clear()  # whether it is enabled
        if logging._handlerList != self.handlers:
            logging._handlerList[:] = self.handlers

    def threads_left(self):
        """Returns the names of the threads that the program has left behind."""
        return [thread.name for thread in threading.enumerate() if thread not in self.threads]


def holds_same(one, other):
    """Returns whether two dicts have the same objects in the same order."""
    return len(one) == len(other) and all(map(operator.is_, one.values(), other.values()))


def all_loggers():
    """Returns the names and loggers that there are, placeholders left out."""
    named = list(logging.root.manager.loggerDict.items())
    return [("", logging.root), *((name, logger) for name, logger in named if isinstance(logger, logging.Logger))]


def described(name):
    """Returns the name of a module, with `=FILE` behind it where that is the program's."""
    path = getattr(sys.modules[name], "__file__", None)
    return f"{name}={path}" if path is not None and owners.is_users(path) else name


def give_back_loops(loops):
    """Closes what loops are open, and gives asyncio the event loop policy that it begins with."""
    from asyncio import events

    events._set_running_loop(None)
    for loop in loops:
        if not loop.is_closed():
            try:
                loop.close()
            except Exception:
                pass  # a loop of the program's own class
    if events._event_loop_policy is not None:
        events.set_event_loop_policy(None)
