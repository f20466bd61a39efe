# SPDX-License-Identifier: MIT
"""Runs one program under npm's pyodide and records it in Python (recorder/python), under a virtual clock; python.js calls `run`.

An interpreter runs one program: asyncio is hooked once. What there is no place for in a page's worker is left out: sockets and threads, so
loops have no pipe by which other threads wake them."""

import asyncio
import os
import random
import signal
import sys
import time
import traceback
from asyncio import events, selector_events, unix_events

FOLDER, SPOOL, OURS = "/program", "/spool", ("/loopscope/", "<exec>", "/lib/python314.zip/_pyodide/")
HEAD_BYTES = 4096  # of a spool: recorder/spool.h


class Policy(unix_events._DefaultEventLoopPolicy):
    """Makes a loop where asyncio.get_event_loop() finds none, as CPython up to 3.13 does."""

    def get_event_loop(self):
        if self._local._loop is None:
            self.set_event_loop(self.new_event_loop())
        return super().get_event_loop()


def give_asyncio_back():
    """Undoes what pyodide has made of asyncio and time: its loops are the browser's, and never end."""
    from pyodide import webloop

    asyncio._set_running_loop(None)
    asyncio.run, time.sleep = webloop._orig_run, webloop._orig_sleep
    events._set_event_loop_policy(Policy())
    kind = selector_events.BaseSelectorEventLoop
    kind._make_self_pipe = kind._close_self_pipe = lambda self: None
    kind._write_to_self = lambda self: None


class Delivery:
    """Hands what the recorder has written over to the page: `take(head, records)` is called with bytes."""

    def __init__(self, spool, variables, take):
        self.spool, self.variables, self.take = spool, variables, take
        self.flush_own, self.sent, self.is_busy = spool.flush, 0, False
        spool.flush = self.flush
        signal.signal(signal.SIGALRM, self.in_between)
        take(None, None)  # from here on the signal may come

    def flush(self):
        if self.is_busy:
            return
        self.is_busy = True
        self.flush_own()
        self.deliver()
        self.is_busy = False

    def in_between(self, number, frame):
        """Flushes in the midst of a handle, which may have no end: what a print shows is told by what was gathered last, so that is kept."""
        variables, gathered = self.variables, self.spool.gathered
        is_last = variables.read_at == len(gathered)
        self.flush()
        if is_last:
            variables.read_at = len(gathered)

    def deliver(self):
        spool = self.spool
        if spool.file < 0 or self.sent == 16 * spool.published and self.sent:
            return
        records = os.pread(spool.file, 16 * spool.published - self.sent, HEAD_BYTES + self.sent)
        self.sent += len(records)
        self.take(bytes(spool.head[:HEAD_BYTES]), records)


def innermost(error):
    """Returns the exception that says most of where it went wrong: the first of a group, and of Ctrl C what it has interrupted."""
    while True:
        if isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        elif isinstance(error, KeyboardInterrupt) and isinstance(error.__context__, asyncio.CancelledError):
            error = error.__context__
        else:
            return error


def place_of(error):
    """Returns what is shown of an exception in the editor: its file, line, column (0: unknown) and words; no file where no line of the program's is known."""
    words = "".join(traceback.format_exception_only(error)[-1:]).strip()
    if isinstance(error, SyntaxError) and str(error.filename).startswith(FOLDER):
        return error.filename, error.lineno or 0, error.offset or 0, f"{type(error).__name__}: {error.msg}"
    inner = innermost(error)
    if isinstance(error, BaseExceptionGroup):
        words = "".join(traceback.format_exception_only(inner)[-1:]).strip()
    frames = [frame for frame in traceback.extract_tb(inner.__traceback__) if frame.filename.startswith(FOLDER)]
    return (frames[-1].filename, frames[-1].lineno, 0, words) if frames else ("", 0, 0, words)


def leave_out_ours(said):
    """Takes the recorder's frames out of a report, of all exceptions that it is about."""
    if said is None:
        return
    said.stack[:] = [frame for frame in said.stack if not frame.filename.startswith(OURS)]
    for each in (said.__cause__, said.__context__, *(said.exceptions or ())):
        leave_out_ours(each)


def show(error):
    """Writes the report of an exception that has left the program to stderr, as Python does."""
    said = traceback.TracebackException.from_exception(error, compact=True)
    leave_out_ours(said)
    sys.stderr.write("".join(said.format()))


def run(argv, options, after_handles, take):
    """Runs /program/NAME, `argv` being NAME and its arguments, with options of launch.py; `after_handles` are switches, each (handles that have
    run, storage). All are arrays of JavaScript. Returns what place_of does, or None where no exception has left the program, and its exit code."""
    argv, options, after_handles = argv.to_py(), options.to_py(), after_handles.to_py()
    give_asyncio_back()
    random.seed(0)  # a program that is run again, for a fork or from a link, does the same
    os.chdir(FOLDER)
    os.makedirs(SPOOL, exist_ok=True)
    from loopscope_recorder import fallback, program, recorder
    from loopscope_recorder.options import storage_number

    fallback.variables.switch_after([(count, None, storage_number(storage)) for count, storage in after_handles])
    delivery = Delivery(fallback.spool, fallback.variables, take)
    error, code = None, 0
    try:
        program.run([SPOOL, "--fallback", "--virtual", *options, *argv], True)
    except SystemExit as left:
        code = recorder.code_of_exit(left)
    except BaseException as left:
        error, code = place_of(left), recorder.code_of_error(left)
        show(left)
    sys.stdout.flush()
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    if recorder.Recording.backend is not None:
        recorder.finish()
    delivery.flush()
    return error, code
