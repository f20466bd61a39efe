# SPDX-License-Identifier: MIT
"""The recording of this process: begins it, hooks it into what the program imports, and ends it."""

import atexit
import builtins
import operator
import os
import sys

from loopscope_recorder import imports, owners, watched, words

VIRTUAL, LINES, LIVE, PAUSED = 4, 8, 16, 32  # SPOOL_… of recorder/spool.h
OK, EXCEPTION, EXITED = 0, 1, 5  # how a run ends: core/trace/kinds.def
OPERATIONS = {  # what `x += v` calls, by the class of ast
    "Add": "iadd", "Sub": "isub", "Mult": "imul", "MatMult": "imatmul", "Div": "itruediv", "FloorDiv": "ifloordiv", "Mod": "imod",
    "Pow": "ipow", "LShift": "ilshift", "RShift": "irshift", "BitOr": "ior", "BitXor": "ixor", "BitAnd": "iand",
}  # fmt: skip
FUNCTIONS = ("read", "wrote", "gone", "attribute_read", "attribute_set", "attribute_wrote", "attribute_take", "attribute_put")


class Recording:
    """What is known of the recording of this process."""

    backend = None  # the C extension, or what stands for it
    said = None  # what the command line says
    watched = None  # watched.Watched, or None
    is_child = False  # of a recorded program: what the user has to be told, its parent tells
    outcome = (0, "", OK, "")  # exit code, exception's type, ending, message
    clock = None  # virtual_clock.WholeClock of a schedule
    finder = None  # imports.Finder
    process = os.getpid()  # that is recorded


class NotRecorded(Exception):
    """Says, in a sentence, why a program that is worth nothing unrecorded is not recorded."""


def begin(said):
    """Begins to record, as the command line says. Where the spool cannot be written, that is said, and the program runs unrecorded; one that is to
    follow a schedule does not run: raises NotRecorded."""
    backend = Recording.backend = choose_backend(said.fallback)
    Recording.said = said
    if follows_schedule(said) and not hasattr(backend, "choose"):
        raise NotRecorded("schedules need the recorder's C extension, which this Python does not load; name another one with --python.")
    if not open_spool():
        if said.explore:
            raise NotRecorded(f"the recording's folder, {said.folder}, cannot be written.")
        return
    backend.lines(said.lines, tuple(owners.LIBRARIES))
    backend.begin_variables(said.live, said.switches, bool(said.watch), owners.whose, owners.exact_copy)
    for stream, descriptor in ((sys.stdout, 1), (sys.stderr, 2)):
        if stream is not None:
            backend.output(stream, descriptor)
    if not said.explore:
        atexit.register(finish)
    if said.watch:
        Recording.watched = watched.Watched(said.watch, backend)
        put_functions(backend)
    hook_imports(said)
    if said.schedule is not None:
        import random  # only here: it takes longer than all the rest

        random.seed(0)  # as the schedule server begins each run
    if said.children:
        from loopscope_recorder import children

        children.record_too(said, begin_in_child)


def follows_schedule(said):
    """Returns whether the program runs under schedules that are chosen."""
    return said.explore or said.schedule is not None


def spool_path(said):
    """Returns the path of this process's spool."""
    return os.path.join(said.folder, f"{os.getpid()}.spool")


def open_spool():
    """Creates this process's spool. Returns whether that went well; else it is said."""
    said, backend = Recording.said, Recording.backend
    path = spool_path(said)
    try:
        if said.virtual:
            backend.virtual_time(0.0)
        backend.open(path, about(said.argv), head_flags(said), said.limit)
    except OSError as error:
        words.say(f"nothing is recorded: {path}: {error.strerror}.")
        return False
    return True


def head_flags(said):
    """Returns what the spool's head says of a recording. Nobody may be there to let a child through a gate: only the program itself begins
    behind one."""
    is_paused = said.paused and not Recording.is_child
    wanted = ((VIRTUAL, said.virtual), (LINES, said.lines), (LIVE, said.live or said.paused), (PAUSED, is_paused))
    return sum(flag for flag, is_set in wanted if is_set)


def begin_in_child():
    """Begins the recording of a forked child, in a spool of its own. Returns whether there is one."""
    Recording.is_child = True
    if not open_spool():
        return False
    Recording.backend.forget_variables()
    return True


def choose_backend(fallback):
    """Returns the C extension, or the recorder in Python where it does not load, which is said."""
    if not fallback:
        try:
            from loopscope_recorder import _loopscope

            return _loopscope
        except ImportError as error:
            why = "free-threaded" if "t" in getattr(sys, "abiflags", "") else str(error)
            words.say(f"this Python does not load the recorder ({why}); it is recorded without, about 1.5 times slower, and thread-locals are not seen.")
    from loopscope_recorder import fallback as in_python

    return in_python


def about(argv):
    """Returns the lines of a spool's head: implementation and version, executable, folder, arguments."""
    version = "CPython {}.{}.{}".format(*sys.version_info[:3])
    return "\n".join([version, sys.executable or "", os.getcwd(), " ".join(argv)])


def put_functions(backend):
    """Puts what rewritten code calls among the builtins."""
    names = vars(builtins)
    names.update({f"loopscope.{name}": getattr(backend, name) for name in FUNCTIONS})
    names.update({f"loopscope.{kind}": getattr(operator, function) for kind, function in OPERATIONS.items()})


def hook_imports(said):
    """Sets the hooks into asyncio and aiotask_context as soon as they are imported: a program that does neither pays for neither."""

    def hook_asyncio(module):
        from loopscope_recorder import samples

        if follows_schedule(said):
            from loopscope_recorder import ordered_sets

            ordered_sets.install()
        try:
            sentence = Recording.backend.install(said.lines, tuple(owners.LIBRARIES), samples)
        except Exception as error:  # of a Python that is laid out in another way: its program has to run all the same
            sentence = f"this Python's asyncio is not recorded: {error}."
        if sentence:
            words.say(sentence)
        if said.virtual:
            install_clock(said)

    def hook_uvloop(module):
        words.say(Recording.backend.install_uvloop(module.Loop))

    def hook_aiotask(module):
        from loopscope_recorder import aiotask

        aiotask.install(module, Recording.backend)

    def hook_trio(module):
        """Says at trio's first run that it is none of asyncio's: both ways into its loop call this function."""
        own = getattr(module, "setup_runner", None)

        def setup_runner(*args, **options):
            module.setup_runner = own
            words.say("trio has a loop of its own: what runs on it is not recorded, what runs on asyncio's is.")
            return own(*args, **options)

        if own is not None:
            module.setup_runner = setup_runner

    after = {"asyncio": hook_asyncio, "aiotask_context": hook_aiotask, "trio._core._run": hook_trio}
    if hasattr(Recording.backend, "install_uvloop"):
        after["uvloop.loop"] = hook_uvloop
    if said.explore:
        from loopscope_recorder import guards

        after["uvloop"] = guards.refuse_uvloop
        after["getpass"] = guards.refuse_getpass
    for name in [name for name in after if name in sys.modules]:
        after.pop(name)(sys.modules[name])
    Recording.finder = imports.Finder(after, Recording.watched, owners.is_users, {} if said.explore else None)
    sys.meta_path.insert(0, Recording.finder)
    if said.explore:
        import asyncio  # noqa: F401


def install_clock(said):
    """Gives asyncio's loops the virtual clock, and the schedule where there is one."""
    from loopscope_recorder import course, schedule, virtual_clock

    backend = Recording.backend
    if not follows_schedule(said):
        return virtual_clock.install(virtual_clock.Clock(backend.virtual_time))
    clock = Recording.clock = virtual_clock.WholeClock(backend.virtual_time)
    course.Course.now = course.Course(backend, clock, schedule.parse(said.schedule or ""))
    course.Course.now.is_told = True
    course.install(backend, clock)
    if said.explore:
        from loopscope_recorder import explored_program, guards

        explored_program.watch_unretrieved()
        guards.install()


def source_of(spec):
    """Returns the source of a module that is to be rewritten; None if it is not."""
    return None if Recording.watched is None else imports.source_of(spec, owners.is_users)


def compile_main(source, path):
    """Returns the code of `__main__`. Raises SyntaxError and ValueError as compile does."""
    if Recording.watched is None:
        return compile(source, path, "exec", dont_inherit=True)
    try:
        return Recording.watched.rewrite(source, path, watched.MAIN)
    except (SyntaxError, ValueError):
        Recording.watched.specs.clear()  # there is no program that could use them
        raise


def ended():
    """Returns the class of what leaves a run that its schedule has ended; an empty tuple where there is no schedule."""
    course = sys.modules.get("loopscope_recorder.course")
    return course.Ended if course else ()


def code_of_exit(stop):
    """Returns the exit code of a SystemExit (Python/pythonrun.c, _Py_HandleSystemExit)."""
    code = stop.code
    return (0 if code is None else code if isinstance(code, int) else 1) & 0xFF


def code_of_error(error):
    """Returns the exit code of a program that another exception leaves."""
    return 130 if isinstance(error, KeyboardInterrupt) else 1


def note_exit(stop):
    """Notes that the program leaves by SystemExit."""
    Recording.outcome = (code_of_exit(stop), "SystemExit", EXITED, "")


def note_error(error):
    """Notes that an exception leaves the program. What it says is asked only where nothing of the program's runs for it."""
    said = error.args[0] if len(error.args) == 1 and type(error.args[0]) is str else ""
    Recording.outcome = (code_of_error(error), type(error).__name__, EXCEPTION, said)


def finish():
    """Ends the recording; the last thing that happens, for it was the first that was registered."""
    if not Recording.is_child:
        say_problems()
    Recording.backend.finish(*Recording.outcome)


def say_problems():
    """Says what of the command line had no effect."""
    if Recording.watched is not None:
        Recording.watched.say_unused()
    for name in Recording.backend.unused_switches():
        words.say(owners.why_unused(name))
