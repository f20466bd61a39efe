# SPDX-License-Identifier: MIT
"""The schedule server: runs the program once more for each line that Loopscope sends, under the schedule that the line says, and tells how it went.

It connects to the socket FOLDER/schedules. Lines are UTF-8, one at a time; their fields are separated by tabs:

    here SCHEDULE [SEED]     run the program in this interpreter, whose libraries are imported once and for all
    fork SCHEDULE [SEED]     run it in a forked child
    copy                     fork a server that can do what this one does, and connects to the socket as well

    ran SPOOL RECORDS CODE FAILURE UNRETRIEVED     it has run. The spool has this run and nothing else, up to the next request; a program that a signal or
                                                   os._exit has ended in a child may lack its `exit`
    copied                                         the copy is there
    cannot SENTENCE                                not in this way; start another server for each schedule
    refused SENTENCE                               the program cannot be explored. The server ends

With SEED, 64 bits in decimal digits, all choices are made at random. The server ends with the socket."""

import gc
import importlib
import os
import socket
import sys
import threading

from loopscope_recorder import explored_program, left_behind, owners, recorder, schedule, turnstile, words
from loopscope_recorder.course import Course

SOCKET = "schedules"


class Refused(Exception):
    """Says, in a sentence, why the program cannot be explored and what to do."""


def connect(folder):
    """Returns the socket on which Loopscope asks. Raises OSError."""
    asked = socket.socket(socket.AF_UNIX)
    asked.connect(os.path.join(folder, SOCKET))
    return asked


def lines_of(asked):
    """Yields the requests that come by a socket."""
    rest = b""
    while True:
        line, newline, behind = rest.partition(b"\n")
        if newline:
            rest = behind
            yield line.decode("utf-8")
            continue
        received = asked.recv(1 << 16)
        if not received:
            return
        rest += received


def line_of(*fields):
    """Returns an answer: no field has a tab or a newline in it."""
    cleaned = (str(field).replace("\t", " ").replace("\n", " ") for field in fields)
    return "\t".join(cleaned).encode("utf-8", "backslashreplace") + b"\n"


def refuse(folder, sentence):
    """Answers the first request with a refusal. Where nobody listens it says so on stderr, and ends with 2."""
    try:
        asked = connect(folder)
        next(lines_of(asked), None)
        asked.sendall(line_of("refused", sentence))
    except OSError:
        words.say(sentence)
        sys.exit(2)


def serve(said, code, main):
    """Serves until the socket ends. `code` is the program's, `main` its `__main__`."""
    try:
        asked = connect(said.folder)
        server = Server(said, code, main)
    except OSError as error:
        words.say(f"nobody listens on {os.path.join(said.folder, SOCKET)}: {error.strerror}.")
        sys.exit(2)
    answer_all(server, asked)


def answer_all(server, asked):
    """Answers what comes by a socket, and ends the process with it."""
    server.asked = asked
    try:
        for line in lines_of(asked):
            asked.sendall(server.answer(line))
    except Refused as refused:
        asked.sendall(line_of("refused", refused))
    except (BrokenPipeError, ConnectionResetError):
        pass
    except Exception as error:
        asked.sendall(line_of("refused", f"the recorder has failed: {type(error).__name__}: {error}; please report this with the program."))
    asked.close()
    for copy in server.copies:  # which end with their own sockets
        os.waitpid(copy, 0)
    os._exit(0)  # what the program has left behind has nothing to say


class Server:
    """The program in an interpreter that is warm."""

    def __init__(self, said, code, main):
        self.backend = recorder.Recording.backend
        self.spool = recorder.spool_path(said)
        self.program = explored_program.Program(code, main)
        self.why_not_here = self.surroundings = None
        self.copies = []  # processes
        close_streams()
        self.backend.lead_nowhere(True)

    def answer(self, line):
        """Returns the answer to a request. Raises Refused."""
        mode, plan, seed = parsed(line)
        if self.surroundings is None:
            self.warm_up()
        if mode == "copy":
            return self.copy()
        if mode == "fork":
            return self.run_forked(plan, seed)
        if self.why_not_here:
            return line_of("cannot", self.why_not_here)
        return self.run_here(plan, seed)

    def warm_up(self):
        """Runs the program in a child, and imports the libraries that it has imported. Raises Refused."""
        told = self.in_child(lambda: self.run_and_list(schedule.Schedule()))
        fields = told.decode("utf-8").rstrip("\n").split("\t")
        if fields[0] == "refused":
            raise Refused(fields[1])
        prepare(fields[1:] if fields[0] == "modules" else [])
        learn_task_names(self.backend)
        self.first_name = self.backend.number_task_names(0) or 0
        self.surroundings = left_behind.Surroundings()
        owners.remember()
        turnstile.note_threads()
        words.fall_silent()  # what there was to say the child has said
        gc.collect()
        gc.freeze()

    def run_and_list(self, plan):
        """Runs the program, and returns the names of the modules that it has imported, each with `=FILE` behind it where that is the program's."""
        before = set(sys.modules)
        self.surroundings = left_behind.Surroundings()
        self.run(plan, None)
        recorder.say_problems()
        names = [name for name in sys.modules if name not in before]
        return line_of("modules", *(left_behind.described(name) for name in names))

    def run(self, plan, seed):
        """Runs the program and returns its Result. Raises Refused."""
        clock = recorder.Recording.clock
        clock.begin_anew()
        taken = Course.now = Course(self.backend, clock, plan, seed)
        self.backend.restart()
        self.backend.number_task_names(getattr(self, "first_name", 0))
        self.surroundings.begin()
        result = self.program.run(self.surroundings.fresh_context())
        taken.is_over = True
        if taken.refusal:
            raise Refused(taken.refusal)
        return result

    def told(self, plan, seed):
        """Runs the program and returns the answer."""
        try:
            result = self.run(plan, seed)
        except Refused as refused:
            return line_of("refused", refused)
        return line_of("ran", self.spool, self.backend.count(), result.code, result.failure, result.unretrieved)

    def run_here(self, plan, seed):
        result = self.run(plan, seed)
        told = line_of("ran", self.spool, self.backend.count(), result.code, result.failure, result.unretrieved)
        del result
        self.backend.forget()
        try:
            self.surroundings.give_back(Course.now)
        except Exception as error:
            self.why_not_here = f"what the program has changed cannot be given back: {type(error).__name__}: {error}."
        if self.surroundings.threads_left():
            self.why_not_here = f"a thread of the program's, '{self.surroundings.threads_left()[0]}', goes on when the program has ended."
        return told

    def copy(self):
        """Forks a server that has a spool of its own, and returns the answer."""
        if threading.active_count() > 1:
            return self.cannot_fork()
        copy = os.fork()
        if not copy:
            self.asked.close()
            self.serve_as_copy()
        self.copies.append(copy)
        return line_of("copied")

    def serve_as_copy(self):
        """Serves, in a forked process, until its own socket ends."""
        try:
            self.backend.follow_parent()
            self.copies.clear()
            recorder.Recording.process = os.getpid()
            said = recorder.Recording.said
            asked = connect(said.folder)
            if recorder.begin_in_child():
                self.spool = recorder.spool_path(said)
                answer_all(self, asked)
        finally:
            os._exit(2)

    @staticmethod
    def cannot_fork():
        """Returns the answer where other threads run, which a fork would leave behind."""
        return line_of("cannot", f"threads run beside the program: {threading.enumerate()[-1].name}.")

    def run_forked(self, plan, seed):
        """Runs the program in a child and returns the answer. Raises Refused."""
        if threading.active_count() > 1:
            return self.cannot_fork()
        told = self.in_child(lambda: self.told(plan, seed))
        if told.startswith(b"refused\t"):
            raise Refused(told.decode("utf-8").rstrip("\n").partition("\t")[2])
        return told

    def in_child(self, function):
        """Returns what a function returns in a forked child; how the child ended, where it did not come to that."""
        reading, writing = os.pipe()
        self.backend.share(True)
        child = os.fork()
        if not child:
            try:
                self.backend.follow_parent()
                os.close(reading)
                recorder.Recording.process = os.getpid()
                write_all(writing, function())
            finally:
                os._exit(0)
        self.backend.share(False)
        os.close(writing)
        told = read_line(reading)
        os.close(reading)
        code = code_of(os.waitpid(child, 0)[1])
        return told or line_of("ran", self.spool, self.backend.count(), code, "", "")


def parsed(line):
    """Returns mode, schedule and seed of a request. Raises Refused."""
    fields = line.split("\t")
    if fields == ["copy"]:
        return "copy", None, None
    try:
        if fields[0] not in ("here", "fork") or len(fields) not in (2, 3):
            raise ValueError
        return fields[0], schedule.parse(fields[1]), int(fields[2]) if len(fields) == 3 else None
    except ValueError:
        raise Refused(f"'{line}' is no request: it is here or fork, a schedule, and perhaps a seed.") from None
    except schedule.WrongSchedule as wrong:
        raise Refused(str(wrong)) from None


def close_streams():
    """Puts /dev/null in the place of the standard streams: what the program writes is in the records."""
    words.keep_stream()
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(null, descriptor)
    os.close(null)


def prepare(modules):
    """Imports the libraries of a list of `run_and_list`, and compiles the program's own modules."""
    for module in modules:
        name, _, path = module.partition("=")
        try:
            if path:
                recorder.Recording.finder.keep(name, path)
            else:
                importlib.import_module(name)
        except Exception:
            pass  # the program has made it, or copes without


def learn_task_names(backend):
    """Finds out where asyncio counts the names of its tasks."""
    import asyncio

    from loopscope_recorder import samples

    async def nothing():
        pass

    def make():
        coroutine = nothing()
        task = asyncio.Task(coroutine, loop=samples.Loop())
        coroutine.close()
        return task.get_name()

    backend.learn_task_names(make)


def code_of(status):
    """Returns the exit code that a shell says of a process's wait status."""
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def write_all(descriptor, text):
    while text:
        text = text[os.write(descriptor, text) :]


def read_line(descriptor):
    """Returns what comes by a pipe, up to a newline or the end."""
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(descriptor, 1 << 16)
        if not piece:
            return b""
        line += piece
    return line
