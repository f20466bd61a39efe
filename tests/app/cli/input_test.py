"""Where traces come from: standard input, pipes, and files whatever they are called. What they are, their first bytes say."""

import fcntl
import gzip
import lzma
import os
import pathlib
import re
import signal
import struct
import subprocess
import tempfile
import termios
import threading

from program import Program, is_png, loopscope, program_path, without_display
from terminal_test import PATIENCE

CHROME = b'[{"ph":"X","ts":5,"dur":3,"pid":1,"tid":2,"name":"work"}]'


class Input(Program):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def path(self, name):
        return str(self.folder / name)

    def write(self, name, content):
        (self.folder / name).write_bytes(content)
        return self.path(name)

    def recorded(self):
        """The bytes of a .loopscope file."""
        done = loopscope("run", "indication", "--save", self.path("run.loopscope"))
        self.assertEqual(done.returncode, 0, done.stderr)
        return (self.folder / "run.loopscope").read_bytes()

    def lines_of(self, *arguments, **options):
        """What `convert` makes of an input, as lines."""
        done = loopscope("convert", *arguments, self.path("out.txt"), **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return (self.folder / "out.txt").read_text()

    def through_a_pipe(self, content):
        """What `convert` makes of a FIFO into which somebody writes."""
        fifo = self.path("fifo")
        os.mkfifo(fifo)
        writer = threading.Thread(target=lambda: pathlib.Path(fifo).write_bytes(content), daemon=True)
        writer.start()
        lines = self.lines_of(fifo)
        writer.join(PATIENCE)
        os.unlink(fifo)
        return lines

    def test_standard_input_a_pipe_and_a_file_with_any_name_are_read_as_the_file_is(self):
        trace = self.recorded()
        expected = self.lines_of(self.path("run.loopscope"))
        self.assertEqual(self.lines_of(self.write("wrong.json", trace)), expected)
        self.assertEqual(self.lines_of(self.write("noending", trace)), expected)
        self.assertEqual(self.through_a_pipe(trace), expected)
        self.assertEqual(self.lines_of("-", input=trace, text=False), expected)
        with open(self.path("run.loopscope"), "rb") as file:
            self.assertEqual(self.lines_of("-", stdin=file), expected)

    def test_a_chrome_trace_is_one_whatever_its_name(self):
        for name in ("t.json", "t.loopscope", "t.txt.gz", "t"):
            self.assertIn("'work'", self.lines_of(self.write(name, CHROME)), name)
        self.assertIn("'work'", self.through_a_pipe(CHROME))
        self.assertIn("'work'", self.lines_of("-", input=CHROME, text=False))

    def test_standard_input_is_drawn(self):
        done = loopscope("open", "-", "--png", self.path("t.png"), "--size", "640x360", input=self.recorded(), text=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(is_png(self.folder / "t.png"))

    def refused(self, *arguments, **options):
        """The sentence with which `convert` refuses an input."""
        done = loopscope("convert", *arguments, self.path("out.txt"), **options)
        self.assert_one_line(done, 1)
        self.assertFalse((self.folder / "out.txt").exists())
        return done.stderr

    def test_what_is_no_trace_is_refused_with_what_can_be_read(self):
        for name in ("t.json", "t.loopscope", "t"):
            said = self.refused(self.write(name, b"hello"))
            self.assertIn(f"{name}' is no trace that can be read: .loopscope files, Chrome traces in JSON, ", said)
        self.assertIn("'standard input' is no trace that can be read", self.refused("-", input="hello"))

    def test_what_is_known_but_not_read_is_named_with_what_to_do(self):
        self.assertIn("is compressed with xz; unpack it: `xzcat FILE | loopscope open -`", self.refused(self.write("t.json", lzma.compress(CHROME))))
        self.assertIn("is a profile of V8", self.refused("-", input='{"nodes":[{"id":1,"callFrame":{}}]}'))
        self.assertIn("is JSON, but no trace", self.refused(self.write("t.json", b'{"a":1}')))
        self.assertIn("is a profile of V8", self.refused(self.write("t.gz", gzip.compress(b'{"nodes":[{"id":1,"callFrame":{}}]}'))))
        self.assertIn("is compressed twice", self.refused(self.write("t.gz", gzip.compress(gzip.compress(CHROME)))))

    def test_what_is_compressed_is_read_from_wherever_it_comes(self):
        packed = gzip.compress(CHROME)
        self.assertIn("'work'", self.lines_of(self.write("t.log", packed)))
        self.assertIn("'work'", self.through_a_pipe(packed))
        self.assertIn("'work'", self.lines_of("-", input=packed, text=False))
        trace = self.recorded()
        self.assertEqual(self.lines_of(self.write("t.gz", gzip.compress(trace))), self.lines_of(self.path("run.loopscope")))

    def test_nothing_is_a_sentence(self):
        self.assertIn("'standard input' is empty", self.refused("-", stdin=subprocess.DEVNULL))
        self.assertIn("is empty: there is nothing to show", self.refused(self.write("t.json", b"")))
        folder = os.open(self.folder, os.O_RDONLY)
        self.addCleanup(os.close, folder)
        self.assertIn("'standard input' is a folder", self.refused("-", stdin=folder))
        fifo = self.path("fifo")
        os.mkfifo(fifo)
        writer = threading.Thread(target=lambda: open(fifo, "wb").close(), daemon=True)
        writer.start()
        self.assertIn("fifo' is empty", self.refused(fifo))
        writer.join(PATIENCE)

    def test_what_has_no_end_is_refused_by_its_beginning(self):
        with subprocess.Popen(["yes"], stdout=subprocess.PIPE) as endless:
            self.assertIn("is no trace that can be read", self.refused("-", stdin=endless.stdout))
            endless.kill()
        self.assertIn("'/dev/zero' is no trace that can be read", self.refused("/dev/zero"))

    def test_what_is_written_is_not_what_is_read(self):
        self.write("t.json", CHROME)
        with open(self.path("t.json"), "rb") as file:
            done = loopscope("convert", "-", self.path("t.json"), stdin=file)
        self.assert_one_line(done, 2)
        self.assertIn("it is the file that is read", done.stderr)
        self.assertEqual((self.folder / "t.json").read_bytes(), CHROME)

    def test_ctrl_c_ends_what_waits_for_a_silent_pipe(self):
        fifo = self.path("fifo")
        os.mkfifo(fifo)
        for command in (("convert", "-", self.path("out.txt")), ("open", "-", "--png", self.path("t.png")), ("convert", fifo, self.path("out.txt"))):
            for begun in (b"", b'[{"ph":"i",'):
                if command[1] == fifo and begun:
                    continue  # whoever writes to one waits for the reader
                with self.subTest(command=command, begun=begun):
                    running = subprocess.Popen(
                        [program_path(), *command], env=without_display(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
                    )
                    self.addCleanup(running.communicate)
                    self.addCleanup(running.kill)
                    running.stdin.write(begun)
                    running.stdin.flush()
                    self.wait_until_it_waits(running)
                    running.send_signal(signal.SIGINT)
                    self.assertEqual(running.wait(PATIENCE), 128 + signal.SIGINT)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["fifo"])

    def wait_until_it_waits(self, running):
        """Until it catches signals, has read what there is, and sleeps: what it waits for then can only be more."""
        process = pathlib.Path(f"/proc/{running.pid}")
        while True:
            self.assertIsNone(running.poll(), "it has ended before it was stopped")
            try:
                caught = int(re.search(r"^SigCgt:\s*(\w+)$", (process / "status").read_text(), re.MULTILINE)[1], 16)
                states = {(task / "stat").read_text().rpartition(")")[2].split()[0] for task in (process / "task").iterdir()}
            except OSError:
                continue
            if caught & 1 << signal.SIGINT - 1 and states == {"S"} and not self.unread(running):
                return

    def unread(self, running):
        """How many bytes are in its standard input that it has not read."""
        return struct.unpack("i", fcntl.ioctl(running.stdin, termios.FIONREAD, b"\0" * 4))[0]
