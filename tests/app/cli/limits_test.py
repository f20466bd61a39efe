"""Too little memory, and no threads: a sentence and code 1, never a signal."""

import concurrent.futures
import os
import pathlib
import resource
import shutil
import tempfile

from program import Program, is_png, loopscope, program_path

NOBODY = 65534
MEGABYTE = 1 << 20
# Of address space: from less than any command needs to more than most of them do.
LIMITS = range(14, 76, 4)
LONG = ("run", "indication", "--set", "duration=3600", "--set", "interval=0.001")


def sanitized():
    """Whether the program's memory is not its own: a sanitizer takes terabytes of addresses for itself."""
    program = pathlib.Path(program_path()).read_bytes()
    return b"__asan_init" in program or b"__tsan_init" in program


class Limits(Program):
    def setUp(self):
        if sanitized():
            self.skipTest("a sanitizer needs more memory and threads than this leaves")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.file = str(self.folder / "t.loopscope")
        self.assertEqual(loopscope("run", "indication", "--save", self.file).returncode, 0)
        self.commands = (("keys",), ("run", "indication"), ("run", "threads"), ("run", "indication", "--save", "/dev/null/x.loopscope"),
                         ("compare", "indication"), ("explore", "equal-deadlines", "--schedules", "50"), ("lesson", "global"),
                         ("convert", self.file, str(self.folder / "t.txt")), ("open", self.file, "--svg", str(self.folder / "t.svg")))

    def assert_ends_well(self, done):
        """It did what it should, or said in a sentence why not. (127: there was not even memory to load it.)"""
        self.assertIn(done.returncode, (0, 1, 127), done.stderr)
        if done.returncode == 1:
            self.assertRegex(done.stderr.splitlines()[-1], r"\Aloopscope: .+")

    def test_of_memory_end_a_command_with_a_sentence(self):
        def run(case):
            command, megabytes = case
            limit = (megabytes * MEGABYTE, megabytes * MEGABYTE)
            return loopscope(*command, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit), input="1\n" * 9)

        cases = [(command, megabytes) for command in self.commands for megabytes in LIMITS]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            ran = list(pool.map(run, cases))
        for case, done in zip(cases, ran):
            with self.subTest(case=case):
                self.assert_ends_well(done)
        self.assertTrue(any("not enough memory" in done.stderr for done in ran), "there was enough for all of them")

    def test_of_memory_end_a_long_run_and_leave_what_it_has_recorded(self):
        limit = (60 * MEGABYTE, 60 * MEGABYTE)
        recorded = str(self.folder / "long.loopscope")
        done = loopscope(*LONG, "--save", recorded, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit))
        self.assert_one_line(done, 1)
        self.assertIn("not enough memory", done.stderr)
        left = str(self.folder / "long.recording.loopscope")
        again = loopscope("convert", left, str(self.folder / "again.loopscope"))
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertGreater(int(again.stderr.split()[-2]), 100_000)

    def test_of_threads_end_a_command_with_a_sentence(self):
        # Root is not limited: it runs as nobody, who may not see the folder that the program is in.
        os.chmod(self.folder, 0o777)
        program = self.folder / "loopscope"
        shutil.copy(program_path(), program)

        def without_threads():
            if os.geteuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))

        for command in self.commands:
            with self.subTest(command=command):
                self.assert_ends_well(loopscope(*command, executable=program, preexec_fn=without_threads, input="1\n" * 9))
        drawn = self.folder / "t.png"
        done = loopscope("run", "indication", "--png", str(drawn), "--size", "320x320", executable=program, preexec_fn=without_threads)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(is_png(drawn), "Mesa's renderer waits for threads that were never started")
        for command in (("run", "threads"), ("explore", "equal-deadlines"), ("convert", self.file, str(self.folder / "t.txt")),
                        ("open", self.file, "--svg", str(self.folder / "t.svg"))):
            with self.subTest(command=command):
                done = loopscope(*command, executable=program, preexec_fn=without_threads)
                self.assert_one_line(done, 1)
                self.assertIn("no thread could be started", done.stderr)
