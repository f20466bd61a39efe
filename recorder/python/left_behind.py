"""What a run of the program has changed in this process, given back as far as one can, so that the next run begins as the first one did."""

import contextvars
import gc
import itertools
import logging
import os
import random
import signal
import sys
import threading
import warnings
from asyncio import tasks

from loopscope_recorder import owners, turnstile

ATTRIBUTES = ("argv", "path", "meta_path", "path_hooks", "excepthook", "displayhook", "unraisablehook")
SIGNALS = [each for each in signal.Signals if each not in (signal.SIGKILL, signal.SIGSTOP)]


class Surroundings:
    """What all runs begin with: kept once, when the libraries are there, and given back after each run."""

    def __init__(self):
        self.modules = dict(sys.modules)
        self.streams = {name: (getattr(sys, name), dict(vars(getattr(sys, name)))) for name in ("stdin", "stdout", "stderr") if getattr(sys, name)}
        self.attributes = {name: getattr(sys, name) for name in ATTRIBUTES}
        self.lists = [(each, list(each)) for each in (sys.argv, sys.path, sys.meta_path, sys.path_hooks, warnings.filters)]
        self.environment = dict(os.environ._data)
        self.folder = os.getcwd()
        self.recursion = sys.getrecursionlimit()
        self.signals = {each: signal.getsignal(each) for each in SIGNALS}
        self.showwarning = warnings.showwarning
        self.loggers = {name: (dict(vars(logger)), list(logger.handlers), list(logger.filters)) for name, logger in all_loggers()}
        self.handlers = list(logging._handlerList)
        self.context = contextvars.copy_context()
        self.threads = set(threading.enumerate())

    def fresh_context(self):
        """Returns the context that a run begins in: what libraries have set as they were imported, and nothing else."""
        return self.context.run(contextvars.copy_context)

    @staticmethod
    def begin():
        """Makes all runs, also those of other processes, begin with the same random numbers and numbers in names."""
        random.seed(0)
        turnstile.number_names()
        tasks._task_name_counter = itertools.count(1).__next__

    def give_back(self, loops):
        """Gives back what a run has changed, closes its loops, and destroys what it has left."""
        sys.unraisablehook = lambda *_: None
        give_back_loops(loops)
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

    def give_back_modules(self):
        """Drops the program's modules, and the libraries that it has put in the place of others. Libraries that it was the first to import stay."""
        for name in [name for name in sys.modules if name not in self.modules and is_programs(name)]:
            del sys.modules[name]
        for name, module in self.modules.items():
            if sys.modules.get(name) is not module:
                sys.modules[name] = module

    def give_back_streams(self):
        for name, (stream, names) in self.streams.items():
            if getattr(sys, name) is not stream:
                setattr(sys, name, stream)
            if vars(stream) != names:
                vars(stream).clear()
                vars(stream).update(names)
            if stream.closed:
                raise Spoiled(f"the program closes sys.{name}")

    def give_back_process(self):
        """Gives back environment, folder, signal handlers, and what `random` and `warnings` go by."""
        if os.environ._data != self.environment:
            os.environ.clear()
            os.environ.update({os.fsdecode(name): os.fsdecode(value) for name, value in self.environment.items()})
        if os.getcwd() != self.folder:
            os.chdir(self.folder)
        if sys.getrecursionlimit() != self.recursion:
            sys.setrecursionlimit(self.recursion)
        for number, handler in self.signals.items():
            if signal.getsignal(number) is not handler and handler is not None:
                signal.signal(number, handler)
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


class Spoiled(Exception):
    """Says, in a sentence's beginning, why the program cannot run again in this process."""


def all_loggers():
    """Returns the names and loggers that there are, placeholders left out."""
    named = list(logging.root.manager.loggerDict.items())
    return [("", logging.root), *((name, logger) for name, logger in named if isinstance(logger, logging.Logger))]


def is_programs(name):
    """Returns whether a module is the program's: its own file's, or none at all."""
    module = sys.modules[name]
    path = getattr(module, "__file__", None)
    if path is not None:
        return owners.is_users(path)
    origin = getattr(getattr(module, "__spec__", None), "origin", None)
    return origin not in ("built-in", "frozen")


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
