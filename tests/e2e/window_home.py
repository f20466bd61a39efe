"""What a window keeps, and what files go through it: settings, the dialog for files, exports, the clipboard, and the end."""

import pathlib
import shutil
import subprocess
import tempfile

import window
import x11
from window import PATIENCE, Place, Window, at, run


class AtHome(Window):
    """In a folder of its own, with the settings that are in it."""

    keeps = False  # whether settings are kept
    TIMELINE = tuple(round(each * Place.SCALE) for each in (10, 80, 1300, 640))

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="loopscope-window-"))
        self.addCleanup(shutil.rmtree, self.folder)
        super().setUp()

    def start(self, *arguments):
        if self.keeps:
            self.environment.pop("LOOPSCOPE_SETTINGS", None)
            self.environment |= {"XDG_CONFIG_HOME": str(self.folder / "config"), "XDG_STATE_HOME": str(self.folder / "state")}
        super().start(*arguments)

    def loopscope(self, *arguments):
        return subprocess.run([window.LOOPSCOPE, *map(str, arguments)], cwd=self.folder, check=True, capture_output=True, timeout=PATIENCE)

    def choose(self, command):
        """A command by its name, from the palette."""
        self.open("ctrl+shift+p")
        self.hold(*("space" if letter == " " else letter for letter in command.lower()))
        return self.hold("Return")

    def title(self):
        self.settled()
        return run("xdotool", "getwindowname", self.window, text=True).strip()

    def quit(self):
        run("xdotool", "key", "ctrl+q")
        self.assert_ends_well()

    def until(self, is_so):
        """Waits for something outside the window."""
        for _ in range(PATIENCE * 10):
            if is_so():
                return
            self.frames(1)
        self.fail("it does not come")

    def drag_plainly(self, start, end):
        run("xdotool", "mousemove", "--window", self.window, *map(str, start))
        self.frames()
        run("xdotool", "mousedown", "1")
        self.frames()
        run("xdotool", "mousemove", "--window", self.window, *map(str, end))
        self.frames()
        run("xdotool", "mouseup", "1")
        self.frames()
        self.rest()
        return self.settled()


class Settings(AtHome):
    keeps = True

    def settings(self):
        return (self.folder / "config" / "loopscope" / "settings").read_text()

    def test_what_was_chosen_is_there_at_the_next_start(self):
        self.press("ctrl+t", "ctrl+plus")
        self.choose("hide output")
        # The border between the timeline and what is below it, and back again by a double click.
        before = self.settled()
        border = (400, round(window.HEIGHT * 0.7))
        moved = self.drag_plainly(border, (400, 500))
        self.assertGreater(moved.share_of_difference(before), 0.05)
        run("xdotool", "mousemove", "--window", self.window, "400", "500")
        self.frames()
        for _ in range(2):
            self.push()
        self.rest()
        self.assertEqual(self.settled(), before)
        moved = self.drag_plainly(border, (400, 500))
        run("xdotool", "windowsize", "--sync", self.window, "1400", "860")
        run("xdotool", "windowmove", "--sync", self.window, "35", "45")
        left = self.settled()
        self.quit()
        self.assertRegex(self.settings(), r"(?m)^theme = light$")
        self.assertRegex(self.settings(), r"(?m)^hidden = output$")
        state = (self.folder / "state" / "loopscope" / "state").read_text()
        self.assertRegex(state, r"(?m)^window = 1400 860 35 45$")
        self.restart()
        self.assertEqual(x11_size(self.window), (1400, 860))
        self.press("Home")
        again = self.press("Home")
        self.assertLess(again.share_of_difference(left), 0.03, "but for the line that says what to press")

    def test_settings_of_a_newer_version_stay_and_the_window_says_so(self):
        plain = self.press("Home")
        self.quit()
        file = self.folder / "config" / "loopscope" / "settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("loopscope-settings = 9\ntheme = light\n")
        self.restart()
        told = self.settled()
        self.assertNotEqual(told, plain, "a sentence")
        self.press("Home")
        self.assertEqual(self.press("Home"), plain, "defaults")
        self.press("ctrl+t")
        self.quit()
        self.assertEqual(self.settings(), "loopscope-settings = 9\ntheme = light\n")


def x11_size(number):
    with x11.client_of(window.DISPLAY) as client:
        return client.size(int(number))


class FileMenu(AtHome):
    keeps = True

    def test_the_dialog_opens_what_is_chosen_by_keys_and_by_the_mouse_and_remembers_it(self):
        self.loopscope("run", "threads", "--storage", "thread-local", "--save", "threads.loopscope")
        (self.folder / "letter.txt").write_text("no trace")
        (self.folder / "inner").mkdir()
        self.loopscope("run", "pool-worker", "--save", "inner/pool.loopscope")
        before = self.press("Home")
        self.assertGreater(self.open("ctrl+o").share_of_difference(before), 0.1)
        said = self.hold(*"lett", "Return")
        self.assertIsNone(self.program.poll())
        self.assertEqual(self.title(), "indication - Loopscope", "it is still open")
        self.assertNotEqual(self.hold("ctrl+a", *"inner"), said, "the sentence has gone")
        self.hold("Return")
        self.hold(*"pool", "Return")
        self.until(lambda: self.title() == "pool.loopscope - Loopscope")
        # Backspace goes up, where the folder that one comes from is lit.
        self.open("ctrl+o")
        self.hold("BackSpace")
        self.hold(*"thr", "Return")
        self.until(lambda: self.title() == "threads.loopscope - Loopscope")
        shown = self.press("Home")
        self.open("ctrl+shift+o")
        self.hold("Down", "Return")
        self.until(lambda: self.title() == "pool.loopscope - Loopscope")
        self.open("ctrl+shift+o")
        middle = (window.WIDTH // 2, window.HEIGHT // 2 - round(186 * Place.SCALE))
        run("xdotool", "mousemove", "--window", self.window, *map(str, middle))
        self.frames()
        for _ in range(2):
            self.push()
        self.rest()
        self.until(lambda: self.title() == "threads.loopscope - Loopscope")
        self.assertEqual(self.press("Home"), shown)
        self.quit()
        self.restart(str(self.folder / "inner" / "pool.loopscope"))
        self.assertEqual(self.title(), "pool.loopscope - Loopscope", "a file in the place of a command")

    def test_a_trace_is_exported_as_the_command_line_writes_it_and_pictures_at_their_size(self):
        self.press(*["p"] * 6)
        self.open("ctrl+s")
        self.hold("Return")
        for name in ("expected.json", "expected.csv"):
            self.loopscope("convert", "indication.loopscope", name)
        for command, name in (("viewers", "indication.json"), ("all events", "indication.csv"), ("drawing", "indication.svg")):
            self.choose(command)
            self.hold("Return")
            self.until((self.folder / name).exists)
            self.settled()
        self.assertEqual((self.folder / "indication.json").read_bytes(), (self.folder / "expected.json").read_bytes())
        self.assertEqual((self.folder / "indication.csv").read_bytes(), (self.folder / "expected.csv").read_bytes())
        self.assertIn("<svg", (self.folder / "indication.svg").read_text())
        shown = self.press("0")
        self.choose("of the window")
        self.hold("Return")
        self.until((self.folder / "indication.png").exists)
        self.assertEqual(self.press("0"), shown, "the window is as it was")
        self.choose("twice")
        self.hold("ctrl+a", *"large", "Return")
        self.until((self.folder / "large.png").exists)
        self.assertEqual(self.press("0"), shown, "the window is as it was")
        self.assertEqual(png_size(self.folder / "indication.png"), (window.WIDTH, window.HEIGHT))
        self.assertEqual(png_size(self.folder / "large.png"), (2 * window.WIDTH, 2 * window.HEIGHT))
        picture = run("convert", str(self.folder / "indication.png"), "-depth", "8", "rgb:-")
        self.assertEqual(picture, shown.pixels)
        # What is there is not replaced by mistake.
        self.choose("all events")
        (self.folder / "indication.csv").write_text("of mine")
        self.hold("Return")
        self.hold("Escape")
        self.assertEqual((self.folder / "indication.csv").read_text(), "of mine")
        # What takes long is stopped by Escape, and leaves no file.
        self.loopscope("run", "indication", "--set", "duration=3600", "--set", "interval=0.04", "--save", "long.loopscope")
        self.restart("long.loopscope")
        before = self.press("0")
        self.choose("viewers")
        run("xdotool", "key", "Return", "Escape")
        self.changed(before)
        self.settled()
        self.assertFalse((self.folder / "long.json").exists())
        self.choose("drawing")
        self.hold("Return")
        self.until((self.folder / "long.svg").exists)

    def test_ctrl_c_copies_what_is_under_the_mouse_or_what_why_says(self):
        self.press(*["p"] * 6)
        why = (round(window.WIDTH * 0.5), round(window.HEIGHT * 0.985))  # below its causes, which have tooltips
        run("xdotool", "mousemove", "--window", self.window, *map(str, why))
        self.frames()
        self.press("ctrl+c")
        self.assertIn("prints", self.clipboard())
        output = (round(window.WIDTH * 0.85), round(window.HEIGHT * 0.95))
        run("xdotool", "mousemove", "--window", self.window, *map(str, output))
        self.frames()
        self.press("ctrl+c")
        self.assertEqual(self.clipboard(), "c" * 6)
        run("xdotool", "mousemove", "--window", self.window, *map(str, at(Place.PLAY)))
        self.frames()
        self.press("ctrl+c")
        self.assertIn("Play", self.clipboard(), "a tooltip")
        self.rest()
        self.choose("copy the output")
        self.assertEqual(self.clipboard(), "c" * 6)

    def clipboard(self):
        with x11.client_of(window.DISPLAY) as client:
            return client.clipboard().decode()

    def test_what_is_not_saved_is_asked_for_before_the_window_closes(self):
        self.assertEqual(self.title(), "indication - Loopscope")
        self.press(*["p"] * 6)
        self.open("m")
        marked = self.hold(*"here", "Return")
        self.assertEqual(self.title(), "*indication - Loopscope")
        self.assertGreater(self.open("ctrl+q").share_of_difference(marked), 0.1)
        self.assertEqual(self.press("Escape"), marked)
        x11.ask_to_close(window.DISPLAY, int(self.window))
        self.changed(marked)
        self.press("Return")
        self.hold("Escape")  # leaves the field for the name, and so stays
        self.assertEqual(self.title(), "*indication - Loopscope")
        self.open("ctrl+q")
        self.press("y")
        run("xdotool", "key", "Return")
        self.assert_ends_well()
        self.assertTrue((self.folder / "indication.loopscope").exists())
        self.restart("indication.loopscope")
        self.press("End")
        self.assertEqual(self.title(), "indication.loopscope - Loopscope")
        self.open("m")
        self.hold(*"more", "Return")
        self.assertEqual(self.title(), "*indication.loopscope - Loopscope")
        self.press("ctrl+s")
        self.until(lambda: self.title() == "indication.loopscope - Loopscope")
        self.open("m")
        self.hold(*"lost", "Return")
        self.open("ctrl+q")
        run("xdotool", "key", "n")
        self.assert_ends_well()

    def test_it_has_an_icon_and_a_size_by_its_display_and_a_least_one(self):
        with x11.client_of(window.DISPLAY) as client:
            icon = client.property(int(self.window), "_NET_WM_ICON")
            sides = []
            while icon:
                width, height = icon[:2]
                sides.append((width, height))
                icon = icon[2 + width * height :]
        self.assertEqual(sorted(sides), [(16, 16), (32, 32), (48, 48), (128, 128)])
        self.assertEqual(x11_size(self.window), (1600, 900), "five sixths of 1920x1080")
        hints = run("xprop", "-id", self.window, "WM_NORMAL_HINTS", text=True)
        self.assertIn("minimum size: 640 by 480", hints)


def png_size(path):
    return tuple(int.from_bytes(path.read_bytes()[place : place + 4], "big") for place in (16, 20))
