"""A window of the program, what it shows, and hands for it."""

import os
import pathlib
import select
import subprocess
import tempfile
import time
import unittest

LOOPSCOPE = ""
DISPLAY = ""
PINGER = None  # an x11.Pinger

WIDTH, HEIGHT = 1600, 900  # of the window when it opens
PATIENCE = 120  # seconds for whatever is waited for, however busy the machine is


class Place:
    """Where things stand, in pixels of a 1920x1080 window, as in app/panels/top_bar.cpp and workspace.cpp."""

    SCALE = 27 / 32  # of a window of WIDTH x HEIGHT
    GLOBAL, THREAD_LOCAL, CONTEXT = (392, 30), (523, 30), (658, 30)
    START, BACK, PLAY, FORWARD, HEAD = ((953 + 52 * place, 30) for place in range(5))
    BUTTON = 10  # half the side of a part of a button that has no text
    HELP = (1882, 30)
    CPP, PYTHON = (111, 778), (161, 778)
    COMPARED_CONTEXTVAR = (1363, 1004)  # its name below OUTPUT, where the output takes one row
    PRINTING_LINE = (300, 845)
    MENU, MENU_STORAGE, MENU_CONTEXTVAR = (60, 30), (60, 128), (230, 182)
    FOLD = (15, 202)  # of the first lane
    SYMBOLS = (700, 367)  # the field of the program's menu


def at(place):
    """A place in the window when it opens. The right end of the bar keeps its distance from the right edge."""
    return tuple(round(each * Place.SCALE) for each in place)


def run(*command, **options):
    options = {"check": True, "capture_output": True, "timeout": PATIENCE} | options
    return subprocess.run(command, env=os.environ | {"DISPLAY": DISPLAY}, **options).stdout


class Shot:
    """What a window shows."""

    def __init__(self, window):
        self.width, self.height, self.pixels = PINGER.picture(int(window))

    def __eq__(self, other):
        return self.pixels == other.pixels

    def write(self, path):
        run("convert", "-size", f"{self.width}x{self.height}", "-depth", "8", "rgb:-", path, input=self.pixels)

    def part(self, left, top, right, bottom):
        """The pixels of a rectangle, as (red, green, blue)."""
        rows = (self.pixels[3 * (y * self.width + left) : 3 * (y * self.width + right)] for y in range(top, bottom))
        return [tuple(row[x : x + 3]) for row in rows for x in range(0, len(row), 3)]

    def same(self, other, *rectangle):
        """Whether two windows show the same in a rectangle. A list of all that differs would take minutes."""
        return self.part(*rectangle) == other.part(*rectangle)

    def light(self, *rectangle):
        """How many pixels of a rectangle are nearly white, as text is."""
        return sum(min(pixel) > 200 for pixel in self.part(*rectangle))

    def brightness(self, place):
        """Of a button's ground, left of its text."""
        x, y = at(place)
        pixels = self.part(x - round(46 * Place.SCALE), y - 8, x - round(40 * Place.SCALE), y + 8)
        return sum(map(sum, pixels)) / (3 * len(pixels))

    def share_of_difference(self, other):
        differing = sum(self.pixels[each : each + 3] != other.pixels[each : each + 3] for each in range(0, len(self.pixels), 3 * 17))
        return differing / (len(self.pixels) / (3 * 17))


class Rest:
    """Whether a window has anything left to draw, as it says itself (app/screen/rest_reporter.hpp)."""

    def __init__(self):
        self.reads, self.its = os.pipe()
        self.rests = False

    def close_its(self):
        """Once the program has it, so that its end is noticed."""
        os.close(self.its)

    def close(self):
        os.close(self.reads)

    def wait(self, patience):
        """Until it rests, by the last of what it has said. Returns whether it does."""
        until = time.monotonic() + patience
        while select.select([self.reads], [], [], 0 if self.rests else max(0, until - time.monotonic()))[0]:
            said = os.read(self.reads, 65536)
            if not said:
                raise AssertionError("the program has ended")
            self.rests = said.endswith(b"R")
        return self.rests


class Window(unittest.TestCase):
    folder = None  # that the program runs in; None: the test's own
    stdout = None  # where its output goes; None: where the test's own goes
    opens = True  # whether each test begins with a window
    program = None

    def setUp(self):
        self.addTypeEqualityFunc(Shot, self.same_shots)
        environment = os.environ | {"DISPLAY": DISPLAY, "LIBGL_ALWAYS_SOFTWARE": "1"}
        environment.pop("WAYLAND_DISPLAY", None)
        environment["LOOPSCOPE_SETTINGS"] = "off"  # nothing that another window has left
        self.environment = environment
        self.addCleanup(self.end)
        if self.opens:
            self.start()

    def start(self, *arguments):
        self.state = Rest()
        self.program = subprocess.Popen(
            [LOOPSCOPE, *arguments],
            env=self.environment | {"LOOPSCOPE_REST": str(self.state.its)},
            pass_fds=[self.state.its],
            cwd=self.folder,
            stdout=self.stdout,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        )
        self.state.close_its()
        self.window = self.find_window()
        run("xdotool", "windowmove", self.window, "0", "0")
        run("xdotool", "windowfocus", self.window)
        self.rest()
        self.settled()

    def restart(self, *arguments):
        """Another window, as these arguments open it."""
        self.end()
        self.start(*arguments)

    def end(self):
        if self.program is None:
            return
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        self.program.stderr.close()
        self.program = None
        self.state.close()

    def find_window(self):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = run("xdotool", "search", "--onlyvisible", "--name", "Loopscope$", check=False, text=True).split()
            if found:
                return found[0]
            self.assertIsNone(self.program.poll(), "the program ended instead of opening a window")
            time.sleep(0.1)
        self.fail("no window opened")

    def same_shots(self, first, second, msg=None):
        """What assertEqual does for shots: those that differ can be looked at."""
        if first == second:
            return
        folder = pathlib.Path(tempfile.mkdtemp(prefix="loopscope-shots-"))
        first.write(str(folder / "first.png"))
        second.write(str(folder / "second.png"))
        self.fail(f"{msg or 'the window shows something else'}: {first.share_of_difference(second):.2%} differs, see {folder}")

    def frames(self, count=2):
        """Until what was done before has been taken by a frame that is on the screen; with a larger count, until more have followed."""
        for _ in range(count):
            PINGER.ping(int(self.window), lambda: self.program.poll() is None)

    def settled(self, patience=PATIENCE):
        """What the window shows once it has taken what was done before and has nothing left to draw."""
        self.frames()
        self.assertTrue(self.state.wait(patience), "the window does not settle")
        self.frames(1)  # what was drawn is on the screen
        return Shot(self.window)

    def rest(self):
        """Puts the mouse where it is over nothing."""
        run("xdotool", "mousemove", "--window", self.window, str(WIDTH - 3), str(HEIGHT - 3))

    def press(self, *keys):
        """Each key once the one before has had its effect."""
        for key in keys:
            run("xdotool", "key", key)
            shot = self.settled()
        return shot

    def open(self, key):
        """Presses a key that opens or closes something: what is typed where nothing has opened is no text but commands."""
        before = Shot(self.window)
        shot = self.press(key)
        self.assertNotEqual(shot, before, f"{key} shows nothing")
        return shot

    def changed(self, before):
        """What the window shows once that is no longer `before`; it need not have settled."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            now = Shot(self.window)
            if now != before:
                return now
            time.sleep(0.02)
        self.fail("the window goes on showing the same")

    def hold(self, *keys):
        """Each key for a frame and longer, as hands hold keys."""
        for key in keys:
            run("xdotool", "keydown", key)
            self.frames()
            run("xdotool", "keyup", key)
            self.frames()
        return self.settled()

    def drag(self, start, end, modifier):
        """With the left button, and a key held."""
        run("xdotool", "mousemove", "--window", self.window, *map(str, at(start)))
        self.frames()
        run("xdotool", "keydown", modifier)
        self.frames()
        run("xdotool", "mousedown", "1")
        self.frames()
        run("xdotool", "mousemove", "--window", self.window, *map(str, at(end)))
        self.frames()
        run("xdotool", "mouseup", "1")
        run("xdotool", "keyup", modifier)
        self.frames()
        self.rest()

    def click(self, place, button=1, modifier=None):
        if modifier:
            run("xdotool", "keydown", modifier)
            self.addCleanup(run, "xdotool", "keyup", modifier)
        shot = self.click_plainly(place, button)
        if modifier:
            run("xdotool", "keyup", modifier)
            shot = self.settled()
        return shot

    def click_plainly(self, place, button):
        x, y = at(place)
        run("xdotool", "mousemove", "--window", self.window, str(x), str(y))
        self.frames()
        self.push(button)
        self.rest()
        return self.settled()

    def push(self, button=1):
        """Presses and releases a button of the mouse where it is."""
        run("xdotool", "mousedown", str(button))
        self.frames()
        run("xdotool", "mouseup", str(button))
        self.frames()

    def assert_ends_well(self):
        self.assertEqual(self.program.wait(PATIENCE), 0)
        self.assertEqual(self.program.stderr.read(), b"")

    def assert_lit(self, shot, lit, dark):
        self.assertGreater(shot.brightness(lit), shot.brightness(dark) + 8)
