"""Files: what is saved, opened and dropped on the window."""

import pathlib
import shutil
import subprocess
import tempfile

import window
import x11
from window import PATIENCE, Place, Window, run


class Files(Window):
    TIMELINE = tuple(round(each * Place.SCALE) for each in (10, 80, 1300, 640))

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="loopscope-window-"))
        self.addCleanup(shutil.rmtree, self.folder)
        super().setUp()

    def drop(self, name, text=None):
        """Drops a file of the folder on the window, and waits until it is read."""
        if text is not None:
            (self.folder / name).write_text(text)
        x11.drop_file(window.DISPLAY, int(self.window), self.folder / name)
        return self.settled()

    def recorded(self, name, *arguments):
        subprocess.run([window.LOOPSCOPE, "run", *arguments, "--save", name], cwd=self.folder, check=True, capture_output=True, timeout=PATIENCE)

    def test_ctrl_s_saves_the_run_and_its_marks_and_open_shows_them(self):
        self.press("c", *["p"] * 6)
        self.open("m")
        self.hold(*"here", "Return")
        self.press("Home")
        self.open("ctrl+s")
        self.hold("Return")
        saved = self.press("End", "0")
        self.assertTrue((self.folder / "indication.loopscope").exists())
        self.restart("open", "indication.loopscope")
        self.assertEqual(self.press("End", "0"), saved)

    def test_lists_that_are_too_long_scroll_by_the_wheel(self):
        self.recorded("many.loopscope", "indication", "--storage", "contextvar", "--set", "symbols=0abcdefghijklmnopqrstuvwxyz")
        self.restart("open", "many.loopscope")
        run("xdotool", "windowsize", "--sync", self.window, "1280", "720")
        self.press("End", "Left")
        panels = {"OUTPUT": (1000, 550), "what is printed under each storage": (1000, 690), "STORAGE": (1000, 400), "SOURCE": (300, 640)}
        for name, place in panels.items():
            self.assertTrue(self.scrolls(place), f"{name} does not scroll")
        self.press("Home", "p")
        for name, place in {"the tasks that wait": (1010, 250), "what is ready": (1010, 125)}.items():
            self.assertTrue(self.scrolls(place), f"{name} does not scroll")

    def scrolls(self, place):
        """Whether the wheel at a place changes what is around it."""
        run("xdotool", "mousemove", "--window", self.window, *map(str, place))
        before = self.settled()
        self.push(4)
        up = self.settled()
        self.push(5)
        self.push(5)
        around = (place[0] - 90, place[1] - 30, place[0] + 250, place[1] + 20)
        return not (up.same(before, *around) and self.settled().same(before, *around))

    def test_a_file_that_is_saved_after_a_fork_can_be_opened_and_has_the_marks_before_it(self):
        self.press(*["p"] * 3)
        self.open("m")
        self.hold(*"one", "Return")
        self.press(*["p"] * 12)
        self.open("m")
        self.hold(*"two", "Return")
        self.press("Home", *["p"] * 4, "c")
        self.open("ctrl+s")
        self.hold("Return")
        saved = self.press("Home", *["p"] * 4, "0")
        text = subprocess.run([window.LOOPSCOPE, "convert", "indication.loopscope", "t.txt"], cwd=self.folder, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(text.returncode, 0, text.stderr)
        self.restart("open", "indication.loopscope")
        self.assertEqual(self.press("Home", *["p"] * 4, "0").light(*self.TIMELINE), saved.light(*self.TIMELINE))

    def test_ctrl_s_asks_before_it_replaces_a_file(self):
        file = self.folder / "indication.loopscope"
        file.write_bytes(b"of mine")
        self.press("p")
        self.open("ctrl+s")
        self.hold("Return")
        self.assertEqual(file.read_bytes(), b"of mine")
        self.hold("Escape")
        self.assertEqual(file.read_bytes(), b"of mine")
        self.open("ctrl+s")
        self.hold("Return")
        self.hold("Return")
        self.assertNotEqual(file.read_bytes(), b"of mine")
        self.assertEqual([each.name for each in self.folder.iterdir()], ["indication.loopscope"])

    def test_a_dropped_file_is_shown_and_can_be_switched_and_taken_back(self):
        before = self.press(*["p"] * 6, "0")
        self.recorded("threads.loopscope", "threads", "--storage", "thread-local")
        dropped = self.drop("threads.loopscope")
        self.assert_lit(dropped, Place.THREAD_LOCAL, Place.GLOBAL)
        switched = self.press("End", "c")
        self.assert_lit(switched, Place.CONTEXT, Place.GLOBAL)
        self.assertEqual(self.press("ctrl+z", "ctrl+z", "ctrl+z", "0"), before)

    def test_a_dropped_trace_from_elsewhere_is_shown_and_its_storages_are_grey(self):
        before = self.press(*["p"] * 6)
        slices = ",".join(f'{{"ph":"X","ts":{each * 10},"dur":5,"pid":1,"tid":{each % 3},"name":"work"}}' for each in range(60))
        dropped = self.drop("other.json", f"[{slices}]")
        self.assertGreater(dropped.share_of_difference(before), 0.03)
        self.assertNotEqual(self.press("End"), dropped)
        at_the_end = self.press("0")
        self.assertEqual(self.click(Place.CONTEXT), at_the_end, "a recording has no other storage")

    def test_a_dropped_file_that_is_damaged_says_so_and_leaves_what_is_shown(self):
        before = self.press(*["p"] * 6)
        said = self.drop("broken.loopscope", "no trace at all")
        self.assertNotEqual(said, before)
        self.assertLess(said.share_of_difference(before), 0.05, "a sentence")
        self.press("Home")
        self.assertEqual(self.press(*["p"] * 6), before)
