"""Streams that are closed, full, or read by nobody: no command dies of them, and no file is lost or spoilt by them."""

import concurrent.futures
import os
import pathlib
import subprocess
import tempfile
import unittest

from program import EACH_ITS_OWN, Program, loopscope, program_path, without_display

STREAMS = {0: "stdin", 1: "stdout", 2: "stderr"}
WAYS = ("closed", "full", "broken")
UNREAD = 141

# Each command: its arguments, with FILE for a recording and OUT for a file that it is to write.
COMMANDS = (
    ("--help",),
    ("run", "--help"),
    ("frobnicate",),
    ("run", "nothing"),
    ("programs",),
    ("programs", "child-set"),
    ("programs", "--markdown"),
    ("keys",),
    ("keys", "--markdown"),
    ("run", "indication"),
    ("run", "indication", "--events"),
    ("run", "indication", "--at", "99999"),
    ("run", "indication", "--save", "OUT.loopscope"),
    ("run", "indication", "--chrome", "OUT.json"),
    ("run", "indication", "--perfetto", "OUT.pftrace"),
    ("run", "indication", "--svg", "OUT.svg"),
    ("compare", "indication"),
    ("explore", "equal-deadlines", "--exhaustive", "--schedules", "20"),
    ("lesson",),
    ("lesson", "global"),
    ("lesson", "global", "--text"),
    ("lesson", "nothing"),
    ("open", "FILE"),
    ("open", "nothing.loopscope"),
    ("open", "FILE", "--svg", "OUT.svg"),
    ("convert", "FILE", "OUT.txt"),
    ("convert", "FILE", "OUT.doc"),
    ("play", "nothing"),
    (),
)
# Those whose stderr is what was asked for.
TELLS_ON_STDERR = ("run", "indication", "--events")


class Stream:
    """One of the three, closed, full or broken; the rest of them as pipes. Used once."""

    def __init__(self, number, way):
        self.number, self.way = number, way

    def run(self, command):
        """Returns exit code, stdout and stderr of a command; nothing of a stream that is not there."""
        given = {0: subprocess.DEVNULL, 1: subprocess.PIPE, 2: subprocess.PIPE}
        arguments = [program_path(), *command]
        opened = None
        if self.way == "closed":
            arguments = ["sh", "-c", f'exec "$0" "$@" {"<" if self.number == 0 else self.number}{">" if self.number else ""}&-', *arguments]
            del given[self.number]
        elif self.way == "full":
            opened = os.open("/dev/full", os.O_RDWR)
        else:
            reads, writes = os.pipe()
            opened, other = (reads, writes) if self.number == 0 else (writes, reads)
            os.close(other)
        if opened is not None:
            given[self.number] = opened
        try:
            names = {STREAMS[number]: stream for number, stream in given.items()}
            done = subprocess.run(arguments, env=without_display(), check=False, timeout=300, **names)
        finally:
            if opened is not None:
                os.close(opened)
        return done.returncode, done.stdout or b"", done.stderr or b""


@unittest.skipUnless(os.path.exists("/dev/full"), "there is no /dev/full")
class EachCommand(Program):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        loopscope("run", "indication", "--save", str(cls.folder / "t.loopscope"))
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            cls.sound = dict(zip(COMMANDS, pool.map(cls.run_sound, COMMANDS)))
            cases = [(command, number, way) for command in COMMANDS for number in STREAMS for way in WAYS]
            cls.broken = dict(zip(cases, pool.map(lambda case: cls.run_broken(*case), cases)))

    @classmethod
    def run_sound(cls, command):
        given, out = cls.given(command, "sound")
        done = subprocess.run([program_path(), *given], env=without_display(), stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=300)
        return done.returncode, done.stdout, done.stderr, cls.written(out)

    @classmethod
    def run_broken(cls, command, number, way):
        given, out = cls.given(command, f"{number}{way}")
        return *Stream(number, way).run(given), cls.written(out)

    @classmethod
    def given(cls, command, case):
        """The arguments with the names of files, and the file that is to be written; None: there is none."""
        index = COMMANDS.index(command)
        names = [str(cls.folder / each.replace("OUT", f"{index}-{case}")) if each.startswith("OUT") else each for each in command]
        names = [str(cls.folder / "t.loopscope") if each == "FILE" else each for each in names]
        outs = [name for name, each in zip(names, command) if each.startswith("OUT")]
        return names, pathlib.Path(outs[0]) if outs else None

    @staticmethod
    def written(out):
        return out.read_bytes() if out and out.exists() else None

    def each_case(self, number):
        """Of a stream: what to name a case by, what came of it, and what comes of the command when all is well."""
        for (command, stream, way), result in self.broken.items():
            if stream == number:
                yield f"{' '.join(command)} with {STREAMS[number]} {way}", command, way, *result, *self.sound[command]

    def test_writes_its_file_whatever_becomes_of_a_stream(self):
        for number in STREAMS:
            for case, *_, file, _, _, _, sound_file in self.each_case(number):
                self.assertEqual(file, sound_file, case)

    def test_without_stdin_does_what_it_does_with_an_empty_one(self):
        for case, _, _, code, output, said, _, sound_code, sound_output, sound_said, _ in self.each_case(0):
            self.assertEqual((code, output), (sound_code, sound_output), case)
            self.assertEqual(len(said.splitlines()), len(sound_said.splitlines()), case)

    def test_without_stdout_says_so_in_a_sentence_and_fails_if_it_had_something_to_print(self):
        for case, _, way, code, _, said, _, sound_code, sound_output, sound_said, _ in self.each_case(1):
            if not sound_output:
                self.assertEqual((code, len(said.splitlines())), (sound_code, len(sound_said.splitlines())), case)
            elif way == "broken":
                self.assertEqual(code, UNREAD, case)
                self.assertNotIn(b"cannot write", said, case)
            else:
                self.assertEqual(code, 1, case)
                self.assertEqual(said.count(b"loopscope: cannot write the output: "), 1, case)

    def test_without_stderr_does_all_the_same(self):
        for case, command, _, code, output, _, _, sound_code, sound_output, _, _ in self.each_case(2):
            self.assertEqual(output, sound_output, case)
            self.assertEqual(code, 1 if command == TELLS_ON_STDERR else sound_code, case)


class Pipes(Program):
    def test_that_are_read_in_part_end_a_run_with_the_code_that_shells_give_and_leave_its_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "p.json"
            script = f'"$0" run indication --set symbols=xyz --chrome "{path}" | true; echo "${{PIPESTATUS[0]}}"'
            done = subprocess.run(["bash", "-c", script, program_path()], env=without_display(), capture_output=True, text=True, check=False)
            self.assertIn(int(done.stdout), (0, UNREAD))  # true may end before or after all is written
            self.assertTrue(path.read_text().startswith('{"displayTimeUnit"'))

    def test_that_are_slow_are_waited_for(self):
        reads, writes = os.pipe()
        os.set_blocking(writes, False)
        page = subprocess.Popen([program_path(), "programs", "--markdown"], env=without_display(), stdout=writes, stderr=subprocess.PIPE)
        os.close(writes)
        with page, open(reads, "rb") as reader:
            text = reader.read()
            self.assertEqual((page.wait(), page.stderr.read()), (0, b""))
        self.assertEqual(text.decode(), loopscope("programs", "--markdown").stdout)

    def test_that_are_all_closed_leave_the_file_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            whole, alone = (pathlib.Path(folder) / name for name in ("whole.loopscope", "alone.loopscope"))
            self.assertEqual(loopscope("run", "indication", "--storage", "contextvar", "--save", str(whole)).stdout, EACH_ITS_OWN + "\n")
            script = f'exec "$0" run indication --storage contextvar --save "{alone}" <&- >&- 2>&-'
            done = subprocess.run(["sh", "-c", script, program_path()], env=without_display(), check=False)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(alone.read_bytes(), whole.read_bytes())
