# SPDX-License-Identifier: MIT
"""A program that is run once for each schedule: its code, which is compiled once, a run of it, and what is told of the run."""

import atexit
import gc
import importlib
import os
import sys
import threading
import types
import weakref

from loopscope_recorder import owners, program, recorder
from loopscope_recorder.course import Course, Ended


class Left(BaseException):
    """Leaves the program in the place of os._exit, which would end the server."""


class Result:
    """What is told of a run: its exit code, the exception that left it, and those that nobody has retrieved, as "TYPE at FILE:LINE"."""

    def __init__(self, code=0, failure="", unretrieved=""):
        self.code = code
        self.failure = failure
        self.unretrieved = unretrieved


def place_of(error):
    """Returns "TYPE at FILE:LINE" for an exception: the innermost line of the program that it has passed, the file as seen from the working directory;
    only the type where it has passed none."""
    place, traceback = "", error.__traceback__
    while traceback is not None:
        path = traceback.tb_frame.f_code.co_filename
        if owners.is_users(path):
            place = f" at {shown(path)}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return (type(error).__name__ + place).replace("\t", " ").replace("\n", " ")


def shown(path):
    """Returns a path without the folder that the program was started in."""
    beginning = Program.folder + os.sep
    return path[len(beginning) :] if path.startswith(beginning) else path


class Program:
    """The program: what its `__main__` begins with, and its code."""

    folder = os.getcwd()

    def __init__(self, code, main):
        self.names = dict(vars(main))
        files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items() if name != "__main__"}
        self.packages = [name for name, path in files.items() if owners.is_users(path)]  # that had to be imported to find it
        for name in self.packages:
            del sys.modules[name]
        weakref.finalize(self, int)  # has weakref register with atexit, once and for all
        try:
            self.code = code() if callable(code) else code
        except (SyntaxError, ValueError):
            self.code = code  # it fails in each run

    def run(self, context):
        """Runs it once, and ends the recording as Python would end the program. Returns its Result."""
        main = sys.modules["__main__"] = types.ModuleType("__main__")
        vars(main).clear()
        vars(main).update(self.names)
        at_exit, process = AtExit(), os.getpid()
        error, code = None, 0
        with at_exit:
            try:
                context.run(self.execute, main)
            except BaseException as raised:
                error = raised
                code = leave(error)
            if os.getpid() != process:
                leave_child(code, at_exit)
            join_threads()
            at_exit.run()
        failure = note_end(error, code)
        del error
        return Result(1 if Course.now.ending is not None else code, failure, unretrieved())

    def execute(self, main):
        for name in self.packages:
            importlib.import_module(name)
        exec(self.code() if callable(self.code) else self.code, vars(main))


def leave(error):
    """Returns the exit code of a program that an exception leaves, having done what Python does then (Python/pythonrun.c)."""
    if Course.now.ending is not None or isinstance(error, Ended):
        return 1
    if isinstance(error, Left):
        return error.args[0] & 0xFF
    if isinstance(error, SystemExit):
        if error.code is not None and not isinstance(error.code, int):
            print(error.code, file=sys.stderr)
        return recorder.code_of_exit(error)
    try:
        sys.excepthook(type(error), error, program.own_frames(error.__traceback__))
    except BaseException:
        pass  # Python says that the hook has failed
    return recorder.code_of_error(error)


def leave_child(code, at_exit):
    """Ends a process that the program has forked, and that has come to its end."""
    at_exit.run()
    os._exit(code)


def note_end(error, code):
    """Ends the recording, and returns which exception has left the program."""
    taken, failure = Course.now, ""
    if taken.ending is None:
        if error is None or isinstance(error, Left):
            recorder.Recording.outcome = (code, "", recorder.EXITED if error else recorder.OK, "")
        elif isinstance(error, SystemExit):
            recorder.note_exit(error)
        else:
            recorder.note_error(error)
            failure = place_of(error)
        recorder.Recording.backend.finish(*recorder.Recording.outcome)
        recorder.Recording.backend.silence()
    return failure


def join_threads():
    """Waits for the program's threads, as Python does at its end; not for those that it leaves behind: daemons, and what waits in an executor."""
    if threading.active_count() == 1:
        return
    from loopscope_recorder import turnstile

    turnstile.shut_executors()
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()


class AtExit:
    """What the program registers with atexit while it runs."""

    def __init__(self):
        self.functions = []

    def __enter__(self):
        self.own = atexit.register, atexit.unregister, os._exit
        atexit.register, atexit.unregister = self.register, self.unregister
        os._exit = self.exit
        self.finalizers = set(weakref.finalize._registry)

    def __exit__(self, *_):
        atexit.register, atexit.unregister, os._exit = self.own

    def register(self, func, *args, **kwargs):
        """Register a function to be executed upon normal program termination."""
        self.functions.append((func, args, kwargs))
        return func

    def unregister(self, func):
        """Unregister an exit function which was previously registered."""
        self.functions = [each for each in self.functions if each[0] != func]

    def exit(self, status):
        """Ends the run; in a process that the program has forked, the process."""
        if os.getpid() != recorder.Recording.process:
            self.own[2](status)
        Course.now.backend.finish(status & 0xFF, "", recorder.EXITED, "")
        Course.now.backend.silence()
        raise Left(status)

    def run(self):
        """Calls what was registered, the last first, and says what fails; weakref's finalizers are part of it."""
        for each in list(weakref.finalize._registry):
            if each not in self.finalizers and each.atexit:
                self.functions.append((each, (), {}))
        while self.functions:
            func, args, kwargs = self.functions.pop()
            try:
                func(*args, **kwargs)
            except BaseException as error:
                sys.excepthook(type(error), error, error.__traceback__)


def watch_unretrieved():
    """Notes from now on which exceptions asyncio says that nobody has retrieved. Behind the end of a run nothing is said any more."""
    from asyncio import base_events

    own = base_events.BaseEventLoop.call_exception_handler

    def call_exception_handler(self, context):
        taken = Course.now
        if taken.is_over:
            return
        if str(context.get("message", "")).endswith("exception was never retrieved") and context.get("exception") is not None:
            taken.names[place_of(context["exception"])] = None
        own(self, context)

    call_exception_handler.__doc__ = own.__doc__
    base_events.BaseEventLoop.call_exception_handler = call_exception_handler


def unretrieved():
    """Returns the exceptions that nobody has retrieved: those that Future.__del__ has told of, and those that it would tell of."""
    from asyncio import futures

    found, kinds = [], {futures.Future, futures._PyFuture}
    unseen = list(kinds)
    while unseen:
        more = set(type.__subclasses__(unseen.pop())) - kinds
        unseen += more
        kinds |= more
    for each in [each for each in gc.get_objects() if type(each) in kinds]:
        if each._log_traceback and each._exception is not None:
            found.append(place_of(each._exception))
    return "; ".join([*Course.now.names, *sorted(set(found) - set(Course.now.names))])
