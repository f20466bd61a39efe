#!/usr/bin/env python3
"""Tests that a program that is recorded starts, is found, and leaves as it does without: launcher_test.py EXTENSION"""

import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import unittest
import zipapp

import recordings
from recordings import PROGRAMS, every_python, pythons, record, run, spool_dump

WAYS = ("return", "exit", "exit with a number", "exit with a large number", "exit with words", "raise SystemExit", "error",
        "chained error", "error in the hook", "hook", "exit in the hook", "interrupted outside", "thread", "error in a thread",
        "closed streams", "exit in a task", "error in a task", "interrupted", "killed", "os._exit")  # fmt: skip
OK, EXCEPTION, EXITED = 0, 1, 5
EXITS = {"return": (0, "", OK), "exit": (0, "SystemExit", EXITED), "exit with a number": (3, "SystemExit", EXITED),
         "exit with words": (1, "SystemExit", EXITED), "exit with a large number": (3, "SystemExit", EXITED),
         "error": (1, "Refused", EXCEPTION), "interrupted outside": (130, "KeyboardInterrupt", EXCEPTION),
         "exit in a task": (5, "SystemExit", EXITED), "error in a task": (1, "Refused", EXCEPTION)}  # fmt: skip

RECORDER = None


def without_hooks(lines):
    """Leaves out of tracebacks the lines of frames that a hook of C stands for, and the hook of excepthook."""
    text = re.sub(r'  File "[^"]*/asyncio/[^"]*", line .*\n(    .*\n)*', "", "\n".join([*lines, ""]))
    return re.sub(r'  File "[^"]*/program.py", line .*\n(    .*\n)*', "", text)


class Leaving(unittest.TestCase):
    @every_python
    def test_in_every_way(self, python):
        for way in WAYS:
            with self.subTest(way=way):
                plain = run([python, "leaving.py", way])
                done = record(RECORDER, python, "leaving.py", way)
                self.assertEqual((done.code, done.out), (plain.code, plain.out))
                self.assertEqual(without_hooks(done.as_plain()[2]), without_hooks(plain.as_plain()[2]))
                if way in EXITS:
                    [said] = done.of("exit")
                    self.assertEqual((said.subject, said.a, said.b), EXITS[way])

    @every_python
    def test_ctrl_c_ends_the_program_as_it_does(self, python):
        done = record(RECORDER, python, "leaving.py", "interrupted")
        self.assertEqual(done.code, run([python, "leaving.py", "interrupted"]).code)
        self.assertEqual(done.code, -signal.SIGINT)


class Starting(unittest.TestCase):
    def compare(self, python, *arguments, **options):
        plain = run([python, *arguments], stdin="input", **options)
        done = record(RECORDER, python, *arguments, stdin="input", **options)
        self.assertEqual(done.as_plain(), plain.as_plain())
        return done

    @every_python
    def test_a_script(self, python):
        for path in ("surroundings.py", "./surroundings.py", "../programs/surroundings.py", str(PROGRAMS / "surroundings.py")):
            self.compare(python, path, "first", "--second", "-m", "--watch")

    @every_python
    def test_a_script_behind_a_link(self, python):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "link").symlink_to(PROGRAMS / "surroundings.py")
            self.compare(python, "link", folder=folder)

    @every_python
    def test_a_module(self, python):
        self.compare(python, "-m", "surroundings", "first", "-x")
        self.compare(python, "-m", "package", "first")
        self.compare(python, "-m", "json.tool")

    @every_python
    def test_a_folder_and_an_archive(self, python):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "application"
            source.mkdir()
            (source / "helper.py").write_text("name = __name__\n", encoding="utf-8")
            (source / "__main__.py").write_text("import asyncio, helper, sys\nprint(helper.name, __name__, sys.argv)\n", encoding="utf-8")
            zipapp.create_archive(source, pathlib.Path(folder) / "application.pyz")
            self.compare(python, "application", "a", folder=folder)
            self.compare(python, "application.pyz", "a", folder=folder)

    @every_python
    def test_compiled_code(self, python):
        with tempfile.TemporaryDirectory() as folder:
            make = "import py_compile, sys; py_compile.compile(sys.argv[1], sys.argv[2])"
            subprocess.run([python, "-c", make, PROGRAMS / "indication_main.py", pathlib.Path(folder) / "compiled.pyc"], check=True)
            done = record(RECORDER, python, "--virtual", "compiled.pyc", folder=folder)
            self.assertEqual((done.out, done.code), ("c" * 44, 0))

    @every_python
    def test_a_script_with_an_error(self, python):
        self.compare(python, "broken.py")
        self.assertEqual(record(RECORDER, python, "--watch", "x", "broken.py").as_plain(), run([python, "broken.py"]).as_plain())

    @every_python
    def test_modules_with_errors(self, python):
        self.compare(python, "imports_broken.py")
        watching = record(RECORDER, python, "--watch", "x", "--watch", "broken.x", "--watch", "failing.x", "imports_broken.py")
        self.assertEqual(watching.as_plain(), run([python, "imports_broken.py"]).as_plain())

    @every_python
    def test_an_empty_environment(self, python):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(PROGRAMS / "indication_main.py", folder)
            command = [python, RECORDER / "launch.py", folder, "--virtual", "indication_main.py"]
            done = subprocess.run(command, env={}, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
            self.assertEqual((done.stdout, done.stderr, done.returncode), ("c" * 44, "", 0))

    @every_python
    def test_what_the_spool_says_of_the_program(self, python):
        done = record(RECORDER, python, "surroundings.py", "a b")
        head = next(iter(done.spools.values())).read_bytes()[1024:4096].split(b"\0")[0].decode().splitlines()
        self.assertRegex(head[0], r"^CPython 3\.\d+\.\d+$")
        self.assertEqual(head[1:], [shutil.which(python), str(PROGRAMS), "surroundings.py a b"])


class Children(unittest.TestCase):
    """What --children records of each way to start a process, and that without it the child's doings are nobody's."""

    @every_python
    def test_have_a_spool_each(self, python):
        for way, values in (("fork", [["forked"]]), ("subprocess", [["value"]]), ("spawn", [["first", "second"], []]), ("forkserver", None)):
            with self.subTest(way=way):
                plain = run([python, "parent.py", way])
                done = record(RECORDER, python, "--children", "--watch", "missing", "parent.py", way)
                self.assertEqual(done.as_plain(), plain.as_plain())
                self.assertEqual(len(done.ours()), 1, done.err)  # --watch found nothing: only the parent says so
                written = [[each.a for each in spool_dump.read(spool) if each.kind == "set"] for spool in done.spools.values()]
                self.assertIn(["before", "after"], written)
                written.remove(["before", "after"])
                if values is not None:
                    self.assertEqual(sorted(written, key=len, reverse=True), values)

    @every_python
    def test_are_left_alone_otherwise(self, python):
        for way in ("fork", "subprocess", "spawn"):
            done = record(RECORDER, python, "parent.py", way)
            self.assertEqual(done.as_plain(), run([python, "parent.py", way]).as_plain())
            self.assertEqual([each.a for each in done.of("set")], ["before", "after"])
            self.assertEqual(len(done.spools), 1)


class Sentences(unittest.TestCase):
    def says(self, python, arguments, sentence):
        done = record(RECORDER, python, *arguments)
        self.assertEqual((done.code, done.out, done.err), (2, "", f"loopscope: {sentence}\n"))

    @every_python
    def test_of_wrong_options(self, python):
        self.says(python, ["--storage", "a.py"], "there is no option '--storage'.")
        self.says(python, ["--watch"], "'--watch' wants a value.")
        self.says(python, [], "no script is named.")
        self.says(python, ["--watch", "a b", "a.py"], "'--watch a b' is no name of a global or of a class attribute.")
        storages = "argument, global, thread-local, context-shared, context-copy, context-chainmap, contextvar"
        self.says(python, ["--switch", "0=drawer", "a.py"], f"there is no storage 'drawer'; choose one of {storages}.")
        for wrong in ("global", "x=global", "-1=global", "nan=global", "inf=global"):
            self.says(python, ["--switch", wrong, "a.py"], f"'--switch {wrong}' is not TIME=STORAGE or TIME=NAME:STORAGE, with a time in seconds.")
        self.says(python, ["--lines", "some", "a.py"], "'--lines some' is none of none, user, all.")
        self.says(python, ["--limit", "4G", "a.py"], "'--limit 4G' is not a number of bytes.")

    @every_python
    def test_of_programs_that_are_not_there(self, python):
        self.says(python, ["missing.py"], "'missing.py' cannot be read: No such file or directory.")
        self.says(python, ["site-packages"], "can't find '__main__' module in 'site-packages'.")
        self.says(python, ["-m", "missing"], "there is no module 'missing'.")
        done = record(RECORDER, python, "-m", "missing.inner")
        self.assertEqual((done.code, len(done.ours())), (2, 1))

    def test_of_pythons_that_are_none(self):
        for path in [*pythons.of_old(), *filter(None, [shutil.which("pypy3")])]:
            done = record(RECORDER, path, "surroundings.py")
            self.assertEqual((done.code, done.out), (2, ""))
            self.assertRegex(done.err, r"^loopscope: \S+ is not CPython 3\.8 or later; name one with --python\.\n$")

    @every_python
    def test_of_an_extension_that_does_not_load(self, python):
        with tempfile.TemporaryDirectory() as folder:
            for file in RECORDER.glob("*.py"):
                shutil.copy(file, folder)
            (pathlib.Path(folder) / "_loopscope.abi3.so").write_bytes(b"no library")
            done = record(pathlib.Path(folder), python, "--virtual", "indication_main.py")
            self.assertEqual((done.out, done.code), ("c" * 44, 0))
            [said] = done.ours()
            self.assertRegex(said, r"^loopscope: this Python does not load the recorder \(.+\); it is recorded without, about 1.5 times slower, ")
            self.assertGreaterEqual(len(done.of("task")), 9)

    @every_python
    def test_of_a_folder_that_is_not_there(self, python):
        done = run([python, RECORDER / "launch.py", "/nowhere", "indication_main.py"])
        self.assertEqual(done.code, 0)
        self.assertRegex(done.err, r"^loopscope: nothing is recorded: /nowhere/\d+\.spool: No such file or directory\.\n$")


if __name__ == "__main__":
    RECORDER = recordings.read_arguments()
    unittest.main()
