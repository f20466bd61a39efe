"""Small files that ask for gigabytes or minutes: scripts/small_files.py makes them, and measures what docs/reliability.md says of them."""

import os
import pathlib
import resource
import sys
import tempfile
import threading

from program import Program, loopscope, program_path

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "scripts"))
import small_files  # noqa: E402

# Far more than the bar, for the machine may be busy, and far less than what these files ask for.
SECONDS = 100
BYTES = 3 << 30

# What is said of those that are not simply opened.
SENTENCES = {
    "33 million parameters": "unfold to 66 MB",
    "a source of 32 million lines": "unfold to 32 MB",
    "a source of 3 million lines": "in 3000000 lines",
    "96 million prints": "too many for a file of that size",
    "13 million prints in a chunk": "unfold to 65 MB",
    "a text of 60 MB, printed 1,000 times": "unfold to 60 MB",
    "30 million marks": "unfold to 60 MB",
    "notes of 60 MB": "unfold to 60 MB",
    "notes of 1 MB, 400 times": "its texts are too large",
    "a program's name of 60 MB": "unfold to 60 MB",
    "10 million tasks that wait": "there are more tasks than can be shown",
    "2 million tasks that have ended": "there are more tasks than can be shown",
    "4 million timers that run": "there are more timers that run at once than can be shown",
    "4 million callbacks that are ready": "there are more handles that are ready at once than can be shown",
    "250,000 tasks that run in reverse order": "in an order that takes too long to follow",
    "500,000 timers that are due, then cancelled": "in an order that takes too long to follow",
    "4 million variables": "there are more variables than can be shown",
    "250 variables of 20,000 tasks": "there are more variables than can be shown",
    "4 million selections of a storage": "storages are selected more often than can be shown",
    "1 million threads": "there are more threads than can be shown",
    "brackets, 1 MB of them": "has nothing to show among its",
    "a number of 1 MB": "has nothing to show among its",
    "a key without an end": "is JSON, but no trace",
    "330,000 records of nothing": "has nothing to show among its",
    "499,000 numbers": "has nothing to show among its",
    "a packet that is longer than the file": "the file ends inside the packet at byte 0",
    "11,000 profiles of nothing": "without events that can be shown",
    "brackets behind a profile": "without events that can be shown",
    "brackets, 60 MB of them": "has nothing to show among its",
    "52,000 headings": "this is heading 201, but only 200 are allowed",
    "52,000 steps": "this is heading 201, but only 200 are allowed",
    "200 stops at the ends of long runs": "run for more than 10 million events",
    "150,000 settings": "'a' is not known here",
    "a list of 150,000 settings": "is already in line",
    "2 MB": "has more than a megabyte",
    "30,000 lines '- do: 1000 times Next print'": "more than 4000 commands",
    "100,000 waits of a minute": "more than 4000 commands",
}
# `convert` finds out what `open` does, but for what is drawn; these are drawn as well.
DRAWN = {
    "a text of 15 MB, printed 1,000 times",
    "15 million lines, printed at once",
    "a program's name of 60 KB",
    "250,000 tasks inside each other",
    "4 million prints in one step",
    "a process's name of 0.7 MB before 3,000 threads",
    "12,500 slices over each other",
}


def is_sanitized(program):
    """Whether it takes more address space than any limit: a sanitizer's shadow."""
    return b"__asan_init" in pathlib.Path(program).read_bytes() or b"__tsan_init" in pathlib.Path(program).read_bytes()


class SmallFiles(Program):
    @classmethod
    def setUpClass(cls):
        cls.sanitized = is_sanitized(program_path())

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def limit(self):
        if not self.sanitized:
            resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))

    def attempt(self, case):
        commands = [command for command in case.commands if not command.startswith("open") or case.name in DRAWN]
        options = {"commands": commands, "timeout": SECONDS, "prepare": self.limit}
        for command, size, result in small_files.attempts(program_path(), self.folder, case, **options):
            with self.subTest(case=case.name, command=command):
                self.assertLessEqual(size, 1_000_000 if case.name != "2 MB" else 3_000_000)
                self.assertGreaterEqual(result.code, 0, f"{result.seconds} s, {result.megabytes} MB")
                self.assertIn(SENTENCES.get(case.name, ""), result.said)
                self.assertTrue(all(line.startswith(("loopscope: ", "Without a display")) for line in result.said.splitlines()), result.said)
                if case.name not in SENTENCES and case.ending in ("loopscope", "json"):
                    self.assertEqual(result.code, 0, result.said)

    def test_are_opened_or_refused_with_a_sentence(self):
        for case in small_files.cases():
            self.attempt(case)


class Endless(Program):
    """What has no end is read up to a limit."""

    def test_devices_are_no_lessons_and_no_traces(self):
        for command, about in (
            (("lesson", "/dev/zero"), "more than a megabyte"),
            (("play", "/dev/zero"), "more than a megabyte"),
            (("convert", "/dev/zero", "/dev/null.txt"), "is no trace that can be read"),
            (("open", "/dev/zero"), "is no trace that can be read"),
            (("open", "/dev"), "is a folder"),
            (("lesson", "/dev"), "is a folder"),
            (("play", "/dev"), "is a folder"),
        ):
            with self.subTest(command=command):
                done = loopscope(*command, timeout=SECONDS)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(about, done.stderr)

    def read_from_pipe(self, name, begin, more, command):
        """Runs a command on a pipe into which the same goes again and again."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / name
            os.mkfifo(path)

            def feed():
                try:
                    with open(path, "wb", buffering=0) as pipe:
                        pipe.write(begin)
                        while True:
                            pipe.write(more)
                except BrokenPipeError:
                    pass

            writer = threading.Thread(target=feed, daemon=True)
            writer.start()
            done = loopscope(*(each.format(path, folder) for each in command), timeout=SECONDS)
            writer.join(SECONDS)
            self.assertFalse(writer.is_alive())
            return done

    def test_a_lesson_is_read_from_a_pipe_up_to_its_limit(self):
        done = self.read_from_pipe("l.md", b"---\n", b"w" * 65536, ("lesson", "{0}"))
        self.assertIn("more than a megabyte", done.stderr)

    def test_a_key_without_an_end_is_given_up(self):
        done = self.read_from_pipe("t.json", b'{"', b"k" * (1 << 20), ("convert", "{0}", "{1}/t.txt"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("goes on for more than 1024 MB without a record", done.stderr)
