"""A window of the program, what it shows, and hands for it."""

import contextlib
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

LOOPSCOPE = ""
DISPLAY = ""
PINGER = None  # an x11.Pinger

WIDTH, HEIGHT = 1600, 900  # of the window when it opens
PATIENCE = 60  # seconds for whatever is waited for
SETTLING = 6  # frames until ImGui shows what an input did; frames_to_settle of app/cli/window_loop.cpp, and one at each end


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
    MENU, MENU_STORAGE, MENU_CONTEXTVAR = (60, 30), (60, 101), (230, 155)
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
        size = run("xdotool", "getwindowgeometry", "--shell", window, text=True).splitlines()
        self.width, self.height = (int(next(line for line in size if line.startswith(key))[len(key) + 1 :]) for key in ("WIDTH", "HEIGHT"))
        self.pixels = run("import", "-silent", "-window", window, "-depth", "8", "rgb:-")
        assert len(self.pixels) == 3 * self.width * self.height

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


class Window(unittest.TestCase):
    folder = None  # that the program runs in; None: the test's own

    def setUp(self):
        self.addTypeEqualityFunc(Shot, self.same_shots)
        environment = os.environ | {"DISPLAY": DISPLAY, "LIBGL_ALWAYS_SOFTWARE": "1"}
        environment.pop("WAYLAND_DISPLAY", None)
        self.environment = environment
        self.addCleanup(self.end)
        self.start()

    def start(self, *arguments):
        self.program = subprocess.Popen([LOOPSCOPE, *arguments], env=self.environment, cwd=self.folder, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        self.window = self.find_window()
        PINGER.ping(int(self.window))
        run("xdotool", "windowmove", self.window, "0", "0")
        run("xdotool", "windowfocus", self.window)
        self.rest()
        self.settled()

    def restart(self, *arguments):
        """Another window, as these arguments open it."""
        self.end()
        self.start(*arguments)

    def end(self):
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        self.program.stderr.close()

    def find_window(self):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = run("xdotool", "search", "--onlyvisible", "--name", "^Loopscope$", check=False, text=True).split()
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
            PINGER.ping(int(self.window))

    def works(self):
        """Whether any thread of the program is running, or would if the machine were less busy."""
        for thread in pathlib.Path(f"/proc/{self.program.pid}/task").iterdir():
            with contextlib.suppress(OSError):  # a thread that has ended
                if (thread / "stat").read_text().rpartition(")")[2].split()[0] in "RD":
                    return True
        return False

    def wait_for_work(self, until):
        """Until no thread has anything to do, for a while."""
        idle = 0
        while idle < 5 and time.monotonic() < until:
            idle = 0 if self.works() else idle + 1
            time.sleep(0.01)

    def settled(self, pause=0.15, patience=PATIENCE):
        """What the window shows once all work is done and it goes on showing the same."""
        until = time.monotonic() + patience
        last = None
        while time.monotonic() < until:
            self.wait_for_work(until)
            self.frames(SETTLING)
            now = Shot(self.window)
            if last and now == last:
                return now
            last = now
            time.sleep(pause)
        self.fail("the window does not settle")

    def rest(self):
        """Puts the mouse where it is over nothing."""
        run("xdotool", "mousemove", "--window", self.window, str(WIDTH - 3), str(HEIGHT - 3))

    def press(self, *keys):
        for key in keys:
            run("xdotool", "key", key)
            time.sleep(0.03)
        return self.settled()

    def open(self, key):
        """Presses a key that opens something, and waits until it is seen: what is typed too early is no text but commands."""
        before = Shot(self.window)
        run("xdotool", "key", key)
        self.wait_until_not(before)
        return self.settled()

    def wait_until_not(self, before):
        """Until the window shows something else; not for ever."""
        until = time.monotonic() + PATIENCE
        while Shot(self.window) == before and time.monotonic() < until:
            time.sleep(0.05)

    def hold(self, *keys):
        """For keys that ImGui takes: 1.86 has no queue of inputs, so what is pressed and released between two frames was never pressed."""
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
        run("xdotool", "mousedown", str(button))
        self.frames()
        run("xdotool", "mouseup", str(button))
        self.frames()
        self.rest()
        return self.settled()

    def assert_ends_well(self):
        self.assertEqual(self.program.wait(PATIENCE), 0)
        self.assertEqual(self.program.stderr.read(), b"")

    def assert_lit(self, shot, lit, dark):
        self.assertGreater(shot.brightness(lit), shot.brightness(dark) + 8)
