# SPDX-License-Identifier: MIT
"""The gate and the standing clock (gate.c, clock.c, signals.c) of the recorder in Python, by ctypes: the words of the spool's head are futexes.

A permit is taken by FUTEX_WAKE_OP, whose sum the kernel makes in one piece: nothing else here is atomic between two processes."""

import ctypes
import fcntl
import os
import platform
import signal
import sys
import threading
import time

FUTEX = {"x86_64": 202, "aarch64": 98}  # the number of the system call
WAIT, WAKE, WAKE_OP = 0, 1, 5
MINUS_ONE = 1 << 28 | 0xFFF << 12  # linux/futex.h: FUTEX_OP(FUTEX_OP_ADD, -1, FUTEX_OP_CMP_EQ, 0)
GATE, PERMITS, PAUSED = 4, 5, 6  # words of the head
LONGEST_WAIT, WAITS_A_LOOK = 100_000_000, 5
ENDING = signal.SIGINT, signal.SIGTERM, signal.SIGHUP


class Moment(ctypes.Structure):
    """struct timespec."""

    _fields_ = [("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long)]


class Gate:
    """One process's gate. `wait` may be called by several threads."""

    def __init__(self, spool):
        """Raises KeyError where the number of the system call is not known."""
        self.spool = spool
        self.number = FUTEX[platform.machine()]
        self.waiting, self.holding = ctypes.CDLL(None).syscall, ctypes.PyDLL(None).syscall  # the one without the GIL, the other with it
        self.standing = self.stepping = self.stood = 0
        self.stands_since = None
        self.inside = {}  # by thread: handles that were let through, inside each other

    def attach(self, head, folder):
        """Makes it the gate of a spool, whose head is mapped: of the first one, or of a forked child's own."""
        self.words = memoryview(head).cast("I")
        self.address = [ctypes.addressof(ctypes.c_uint32.from_buffer(head, 4 * word)) for word in range(PAUSED + 1)]
        self.folder, self.parent = folder, os.getppid()
        self.is_followed = self.is_locked()
        self.lock = threading.Lock()
        self.is_open_for_good = False

    def now(self):
        """Returns the nanoseconds of CLOCK_MONOTONIC less those for which the program was paused."""
        since = self.stands_since
        return (time.perf_counter_ns() if since is None else since) - self.stood

    def forget(self):
        """Leaves the head to the parent of a forked child, which nobody lets through."""
        self.words, self.lock = [0] * (PAUSED + 1), threading.Lock()
        if self.stands_since is not None:
            self.stood += time.perf_counter_ns() - self.stands_since
        self.standing, self.stepping, self.stands_since = 0, 0, None
        self.inside.clear()

    def is_closed(self):
        return self.words[GATE] != 0 and self.spool.recording

    def wait(self):
        """Waits for a permit. Returns what a signal's handler has raised, or None: no handle must be lost."""
        self.spool.flush()
        error, ident = None, threading.get_ident()
        if self.is_open_for_good:
            self.open()
        elif not self.take():
            error = self.stand(ident)
        self.change(standing=0, inside=1, ident=ident)
        return error

    def stand(self, ident):
        waits, error, handlers, stands = 0, None, {}, False
        try:
            handlers = self.watch_signals()  # before it is said that the program stands: whoever hears that may send one
            self.change(standing=1, inside=0, ident=ident)
            stands = True
            while self.is_closed() and not self.take():
                waits += 1
                self.call(self.waiting, PERMITS, WAIT, 0, ctypes.byref(Moment(0, LONGEST_WAIT)))
                if waits % WAITS_A_LOOK == 0 and self.is_unread():
                    self.open_for_good()
        except BaseException as raised:  # of a handler
            error = raised
            self.open_for_good()
        self.leave_signals(handlers)
        if stands:
            self.change(standing=-1, inside=0, ident=ident)
        return error

    def let_through(self, run, handle):
        """Waits for a permit, and runs a handle by `run`. What leaves it ends its loop, and what the loop does for that is let through as well."""
        interrupt = self.wait()
        try:
            run(handle)
        except BaseException:
            if self.is_closed():
                self.open()
            raise
        finally:
            self.change(standing=0, inside=-1, ident=threading.get_ident())
        if interrupt is not None:
            raise interrupt

    def change(self, standing, inside, ident):
        """A thread begins or ends to stand, or to run a handle. The program is paused while threads stand and none runs a handle."""
        with self.lock:
            depth = self.inside.get(ident, 0)
            self.stepping -= standing if depth else 0
            self.standing += standing
            self.inside[ident] = after = max(depth + inside, 0)
            self.stepping += (after > 0) - (depth > 0)
            is_paused = self.standing > 0 and self.stepping == 0
            if is_paused and self.stands_since is None:
                self.stands_since = time.perf_counter_ns()
            elif not is_paused and self.stands_since is not None:
                self.stood += time.perf_counter_ns() - self.stands_since
                self.stands_since = None
            self.say_paused(int(is_paused))

    def take(self):
        """Takes a permit, if there is one. Whoever sees it taken must not see the pause that it ends."""
        with self.lock:
            if not self.words[PERMITS]:
                return False
            self.say_paused(0)
            self.call(self.holding, PERMITS, WAKE_OP, 0, None, self.address[PERMITS], MINUS_ONE)
            return True

    def say_paused(self, paused):
        if self.words[PAUSED] != paused:
            self.words[PAUSED] = paused
            self.call(self.holding, PAUSED, WAKE, 1 << 30)

    def open(self):
        self.words[GATE] = 0
        self.call(self.holding, PERMITS, WAKE, 1 << 30)

    def open_for_good(self):
        if self.words[GATE]:
            self.is_open_for_good = True
            self.open()

    def call(self, function, word, operation, value, timeout=None, second=None, third=0):
        pointer = ctypes.c_void_p
        function(ctypes.c_long(self.number), pointer(self.address[word]), operation, value, timeout, pointer(second), ctypes.c_uint32(third))

    def watch_signals(self):
        """Has signals that end programs open the gate for good, also where their handlers raise nothing. Returns their handlers."""
        found = {}
        if threading.current_thread() is not threading.main_thread():
            return found
        for number in ENDING:
            handler = signal.getsignal(number)
            if callable(handler):
                found[number] = handler
                signal.signal(number, self.opening(handler))
        return found

    def opening(self, handler):
        def open_and_handle(number, frame):
            self.open_for_good()
            return handler(number, frame)

        return open_and_handle

    @staticmethod
    def leave_signals(handlers):
        unix = sys.modules.get("asyncio.unix_events")
        for number, handler in handlers.items():
            if getattr(signal.getsignal(number), "__qualname__", "") != "Gate.opening.<locals>.open_and_handle":
                continue  # a handler has set another one
            signal.signal(number, handler)
            if unix is not None and handler is getattr(unix, "_sighandler_noop", None):
                signal.siginterrupt(number, False)  # as add_signal_handler had it, which `signal` forgets

    def is_locked(self):
        """Returns whether a reader has a lock of the spool's folder."""
        try:
            descriptor = os.open(self.folder, os.O_RDONLY)
        except OSError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(descriptor)
        return False

    def is_unread(self):
        return not self.is_locked() if self.is_followed else os.getppid() != self.parent
