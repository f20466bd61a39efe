"""Python programs that are stepped, gone back in and switched in the window while they run."""

import csv
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import window
from window import PATIENCE, Window

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "tests" / "recorder" / "programs"
sys.path += [str(ROOT / "tests" / folder) for folder in ("support", "recorder")]
import recordings


class Live(Window):
    opens = False
    TIMELINE, LOWER_LEFT = (0, 60, 1100, 560), (0, 640, 570, 890)  # of a window of 1600x900
    FIRST_OUTCOME = (200, 840)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="loopscope-live-"))
        self.addCleanup(shutil.rmtree, self.folder)
        if not recordings.tested_pythons():
            self.skipTest("there is no Python 3.8 or newer")
        super().setUp()
        self.environment["PYTHONWARNINGS"] = "ignore"  # of the post's program, which is older than 3.12

    def live(self, python, script, *options):
        """Opens the window on a program of tests/recorder, which stands before its first handle."""
        for left in self.folder.iterdir():  # by the Python before
            left.unlink()
        shutil.copy(PROGRAMS / script, self.folder)
        self.output = self.folder / "output.txt"
        with self.output.open("w") as self.stdout:
            self.start("live", "--virtual", "--python", python, *options, script)

    def close(self):
        """Closes the window. Returns the program's exit code, what it printed, and what Loopscope said."""
        window.run("xdotool", "key", "ctrl+q")
        said = self.program.stderr.read().decode()
        code = self.program.wait(PATIENCE)
        return code, self.output.read_text(), said

    def prints_in(self, name):
        """What was printed by the trace in a file."""
        subprocess.run([window.LOOPSCOPE, "convert", name, "t.csv"], cwd=self.folder, check=True, capture_output=True, timeout=PATIENCE)
        with (self.folder / "t.csv").open(newline="") as rows:
            texts = [row["text"] for row in csv.DictReader(rows) if row["kind"] in ("print", "print_value")]
        return "".join(re.search(r"'(.*?)'", text)[1] for text in texts)

    def test_the_post_is_stepped_gone_back_in_and_switched_at_the_head(self):
        for python in recordings.tested_pythons():
            with self.subTest(python=python):
                self.live(python, "indication_global.py", "--watch", "global_symbol")
                seen = self.press(*["p"] * 8)
                self.assertNotEqual(self.press("shift+p"), seen)
                self.assertEqual(self.press("p"), seen)
                self.assertNotEqual(self.press("c"), seen)
                self.press(*["p"] * 4)
                code, output, said = self.close()
                self.assertEqual((code, output), (0, "c" * 8 + "0abc" * 9))
                self.assertIn("the window is closed: the program goes on and is recorded; Ctrl C ends it", said)
                self.assertEqual(self.prints_in("indication_global.loopscope"), output)
                self.end()

    def test_what_else_could_happen_is_explored_opened_compared_and_left_again(self):
        for python in recordings.tested_pythons():
            with self.subTest(python=python):
                self.live(python, "indication_global.py", "--watch", "global_symbol")
                live = self.press(*["p"] * 3)
                explored = self.press("1")
                self.assertFalse(explored.same(live, *self.LOWER_LEFT))
                outcome = self.click(self.FIRST_OUTCOME)
                self.assertFalse(outcome.same(live, *self.TIMELINE))
                self.open("ctrl+s")
                self.hold("ctrl+a", *"outcome", "Return")
                compared = self.press("2")
                self.assertFalse(compared.same(outcome, *self.LOWER_LEFT))
                self.press("2")
                back = self.press("ctrl+z")
                self.assertFalse(back.same(outcome, *self.TIMELINE))
                self.assertFalse(self.press("p").same(back, *self.TIMELINE))
                code, output, _ = self.close()
                self.assertEqual((code, output), (0, "c" * 44))
                self.assertRegex(self.prints_in("outcome.loopscope"), r"^[0abc]+$")
                self.end()

    def test_the_post_is_switched_in_the_past_and_undone(self):
        for python in recordings.tested_pythons():
            with self.subTest(python=python):
                self.live(python, "indication_global.py", "--watch", "global_symbol")
                self.press(*["p"] * 8)
                past = self.press("Home", *["p"] * 4)
                self.assertNotEqual(self.press("c"), past)
                self.press(*["p"] * 4)
                self.open("ctrl+s")
                self.hold("ctrl+a", *"fork", "Return")
                self.press("ctrl+z", "0")
                code, output, _ = self.close()
                # The second run has printed to the same terminal.
                self.assertEqual((code, output), (0, "c" * 8 + "cccc0abc" + "c" * 36))
                self.assertEqual(self.prints_in("fork.loopscope"), "cccc0abc")
                self.assertEqual(self.prints_in("indication_global.loopscope"), "c" * 44)
                self.end()

    def test_the_other_program_of_the_post_is_stepped_gone_back_in_and_switched(self):
        package = recordings.aiotask_context()
        if package is None:
            self.skipTest(recordings.aiotask_context.why)
        self.environment["PYTHONPATH"] = package
        for python in recordings.tested_pythons():
            with self.subTest(python=python):
                self.live(python, "indication_aiotask.py")
                seen = self.press(*["p"] * 8)
                self.assertNotEqual(self.press("shift+p"), seen)
                self.assertEqual(self.press("p"), seen)
                self.press("g", *["p"] * 4)
                self.press("Home", *["p"] * 4, "g", *["p"] * 4)
                self.open("ctrl+s")
                self.hold("ctrl+a", *"fork", "Return")
                code, output, _ = self.close()
                self.assertEqual(self.prints_in("fork.loopscope"), "0abccccc")
                self.assertEqual(self.prints_in("indication_aiotask.loopscope"), "0abc" * 2 + "c" * 36)
                self.assertEqual((code, sorted(output)), (0, sorted("0abc" * 2 + "c" * 36 + "0abccccc")))
                self.end()

    def test_signals_end_the_program_and_the_window_with_it(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                self.live(recordings.tested_pythons()[0], "indication_global.py", "--watch", "global_symbol")
                self.press(*["p"] * 4)
                self.program.send_signal(number)
                said = self.program.stderr.read().decode()
                self.assertEqual((self.program.wait(PATIENCE), self.output.read_text()[:4]), (128 + number, "cccc"), said)
                self.assertEqual("KeyboardInterrupt" in said, number == signal.SIGINT)
                self.assertEqual(self.prints_in("indication_global.loopscope")[:4], "cccc")
                self.end()

    def test_one_whose_window_is_killed_goes_on_to_its_end(self):
        self.live(recordings.tested_pythons()[0], "indication_global.py", "--watch", "global_symbol")
        self.press(*["p"] * 4)
        self.program.kill()
        self.program.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while len(self.output.read_text()) < 44 and time.monotonic() < until:
            time.sleep(0.05)
        self.assertEqual(self.output.read_text(), "c" * 44)
