#!/usr/bin/env python3
"""The program in a real window, driven with keys and mouse: window_test.py PROGRAM [--part N/M] [UNITTEST OPTIONS]

--part 2/3: every third test, from the second one on.
Needs Xvfb, xdotool and ImageMagick's `import`; exits with 77 where they are missing.
"""

import ctypes
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

LOOPSCOPE = ""
DISPLAY = ""

WIDTH, HEIGHT = 1600, 900  # of the window when it opens
PATIENCE = 20  # seconds for whatever is waited for
# Seconds in which there is a frame, also under a sanitizer on a busy machine. ImGui 1.86 has no queue of inputs: what is pressed and
# released between two frames was never pressed.
FRAME = 0.35
# How often in a row the window has to show the same to be at rest; a program under a sanitizer is slow to begin to move.
STILL = 2 if "LOOPSCOPE_SLOW" in os.environ else 1


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
    def setUp(self):
        self.addTypeEqualityFunc(Shot, self.same_shots)
        environment = os.environ | {"DISPLAY": DISPLAY, "LIBGL_ALWAYS_SOFTWARE": "1"}
        environment.pop("WAYLAND_DISPLAY", None)
        self.environment = environment
        self.addCleanup(self.end)
        self.start()

    def start(self, *arguments):
        self.program = subprocess.Popen([LOOPSCOPE, *arguments], env=self.environment, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
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

    def settled(self, pause=FRAME, patience=PATIENCE):
        """What the window shows once it goes on showing the same."""
        until = time.monotonic() + patience
        last = Shot(self.window)
        same = 0
        while time.monotonic() < until:
            time.sleep(pause)
            now = Shot(self.window)
            same = same + 1 if now == last else 0
            if same == STILL:
                return now
            last = now
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
        until = time.monotonic() + PATIENCE
        run("xdotool", "key", key)
        while Shot(self.window) == before and time.monotonic() < until:
            time.sleep(0.05)
        return self.settled()

    def hold(self, *keys):
        """For keys that ImGui takes: each is held until something is seen of it, or for two seconds."""
        for key in keys:
            before = Shot(self.window)
            until = time.monotonic() + 2
            run("xdotool", "keydown", key)
            time.sleep(FRAME)
            while Shot(self.window) == before and time.monotonic() < until:
                time.sleep(0.05)
            run("xdotool", "keyup", key)
            time.sleep(FRAME)
        return self.settled()

    def drag(self, start, end, modifier):
        """With the left button, and a key held."""
        run("xdotool", "mousemove", "--window", self.window, *map(str, at(start)))
        time.sleep(FRAME)
        run("xdotool", "keydown", modifier)
        time.sleep(FRAME)
        run("xdotool", "mousedown", "1")
        time.sleep(FRAME)
        run("xdotool", "mousemove", "--window", self.window, *map(str, at(end)))
        time.sleep(FRAME)
        run("xdotool", "mouseup", "1")
        run("xdotool", "keyup", modifier)
        time.sleep(FRAME)
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
        time.sleep(FRAME)
        run("xdotool", "mousedown", str(button))
        time.sleep(FRAME)
        run("xdotool", "mouseup", str(button))
        time.sleep(FRAME)
        self.rest()
        return self.settled()

    def assert_ends_well(self):
        self.assertEqual(self.program.wait(PATIENCE), 0)
        self.assertEqual(self.program.stderr.read(), b"")

    def assert_lit(self, shot, lit, dark):
        self.assertGreater(shot.brightness(lit), shot.brightness(dark) + 8)

    # --- Opening and closing ---

    def test_opens_with_a_line_that_says_what_to_press(self):
        # In the middle of the timeline; gone once something was pressed.
        middle_x, middle_y = round(WIDTH * 0.692 / 2), round(50 + (HEIGHT - 50) * 0.35)
        around = (middle_x - 250, middle_y - 60, middle_x + 250, middle_y + 60)
        before = self.settled()
        after = self.press("Home")
        self.assertGreater(before.light(*around), after.light(*around) + 300)

    def test_opens_with_the_storage_global(self):
        self.assert_lit(self.settled(), Place.GLOBAL, Place.CONTEXT)

    def test_ends_with_ctrl_q(self):
        run("xdotool", "key", "ctrl+q")
        self.assert_ends_well()

    def test_ends_when_its_window_is_closed(self):
        ask_to_close(int(self.window))
        self.assert_ends_well()

    def test_ends_while_it_plays(self):
        run("xdotool", "key", "space")
        time.sleep(0.3)
        run("xdotool", "key", "ctrl+q")
        self.assert_ends_well()

    # --- Keys ---

    def test_right_steps_and_left_steps_back(self):
        # The trace has to be there first: what is still to come is shown, standing back.
        shots = [self.press(*["Right"] * 8)]
        for _ in range(4):
            shots.append(self.press("Left"))
            self.assertNotEqual(shots[-1], shots[-2])
        for expected in reversed(shots[:-1]):
            self.assertEqual(self.press("Right"), expected)

    def test_space_plays_to_the_end(self):
        self.press("period", "period", "period", "period")
        run("xdotool", "key", "space")
        end = self.settled(pause=0.6)
        self.assertEqual(self.press("Right"), end, "there is nothing after the end")
        self.assertNotEqual(self.press("Left"), end)

    def test_space_pauses(self):
        run("xdotool", "key", "space")
        time.sleep(1)
        paused = self.press("space")
        time.sleep(0.7)
        self.assertEqual(Shot(self.window), paused)
        self.assertNotEqual(self.press("Right"), paused, "it is not the end")

    def test_home_and_end_lead_to_the_start_and_the_head(self):
        start = self.press("Home")
        head = self.press(*["p"] * 6)
        self.assertNotEqual(head, start)
        self.press("Home")
        self.press("End")
        self.assertNotEqual(self.press("Home"), head)

    def test_c_in_mid_run_lights_its_button_and_draws_a_flag_and_ctrl_z_takes_it_back(self):
        before = self.press(*["p"] * 6)
        self.assert_lit(before, Place.GLOBAL, Place.CONTEXT)
        after = self.press("c")
        self.assert_lit(after, Place.CONTEXT, Place.GLOBAL)
        # A flag is a light box above all lanes.
        flags = tuple(round(each * Place.SCALE) for each in (188, 60 + 34, 1300, 60 + 60))
        self.assertGreater(after.light(*flags), before.light(*flags) + 1000)
        self.assertEqual(self.press("ctrl+z"), before)

    def test_question_mark_opens_help_and_closes_it(self):
        before = self.press("Home")
        shown = self.press("question")
        self.assertGreater(shown.share_of_difference(before), 0.3)
        self.assertEqual(self.press("question"), before)

    def test_t_shows_time_and_sequence_again(self):
        before = self.press(*["p"] * 6)
        self.assertNotEqual(self.press("t"), before)
        self.assertEqual(self.press("t"), before)

    def test_y_shows_the_source_in_python_and_in_cpp_again(self):
        before = self.press(*["p"] * 6)
        python = self.press("y")
        self.assertNotEqual(python, before)
        self.assertEqual(self.press("y"), before)

    def test_n_leads_to_the_next_difference_and_shift_n_back(self):
        self.press(*["n"] * 5)
        shots = [self.press("shift+n") for _ in range(4)]
        for one, other in zip(shots, shots[1:]):
            self.assertNotEqual(one, other)
        for expected in reversed(shots[:-1]):
            self.assertEqual(self.press("n"), expected)

    def test_r_opens_the_program_with_its_parameters_and_closes_it_and_so_does_escape(self):
        before = self.press("Home")
        shown = self.open("r")
        self.assertGreater(shown.share_of_difference(before), 0.2)
        self.assertEqual(self.open("r"), before)
        self.assertEqual(self.open("r"), shown)
        self.assertEqual(self.hold("Escape"), before)

    # --- Lessons, demos, the projector ---

    # The lower left of the screen while a lesson is open, and its two columns.
    LESSON = (20, 570, 1090, 890)
    TEXT, QUESTION = (20, 600, 550, 890), (570, 600, 1090, 890)
    HEADING = (20, 600, 550, 632)

    def test_1_lists_what_else_could_happen_and_1_closes_it(self):
        before = self.press("Home")
        run("xdotool", "key", "1")
        self.settled(patience=6 * PATIENCE)  # thousands of runs, which a sanitizer makes slow
        source = tuple(round(each * Place.SCALE) for each in (20, 750, 660, 1060))
        until = time.monotonic() + PATIENCE
        while self.settled().light(*source) < 300 and time.monotonic() < until:
            time.sleep(0.2)
        listed = self.settled()
        self.assertGreater(listed.share_of_difference(before), 0.004)
        self.assertEqual(self.press("1"), before)

    def test_a_lesson_is_played_with_keys_alone(self):
        before = self.press("Home")
        menu = self.press("3")
        self.assertFalse(menu.same(before, *self.LESSON))
        text = self.press("1")
        self.assertFalse(text.same(menu, *self.LESSON))
        asked = self.press("Return")
        self.assertEqual(self.press("Return"), asked, "the question comes first")
        self.assertEqual(self.press("Right"), asked, "what comes next is hidden")
        self.assertEqual(self.press("9"), asked, "there is no ninth choice")
        revealed = self.press("1")
        self.assertFalse(revealed.same(asked, *self.QUESTION))
        self.assertTrue(revealed.same(asked, *self.HEADING))
        self.assertEqual(self.press("4"), revealed, "a second digit does nothing else")
        for _ in range(5):
            self.press("Return", "1")
        over = self.press("Return")
        self.assertEqual(self.press("shift+Return", "Return"), over)
        self.assertTrue(self.press("Return").same(menu, *self.LESSON))
        self.press("Escape")
        self.assertFalse(self.settled().same(menu, *self.LESSON))
        self.assertNotEqual(self.press("Home", "Right"), self.press("Right"), "the run is free again")

    def test_a_choice_is_taken_by_the_mouse_as_well(self):
        choices = {"1": (700, 654), "2": (950, 654)}
        for key, (x, y) in choices.items():
            self.press("3", "1", "Return")
            by_key = self.press(key)
            self.press("Escape", "1", "Return")
            by_mouse = self.click((x / Place.SCALE, y / Place.SCALE))
            self.assertTrue(by_mouse.same(by_key, *self.QUESTION), f"choice {key}")
            self.press("Escape", "Escape")

    def test_a_lesson_that_is_edited_shows_what_it_says_now(self):
        with tempfile.TemporaryDirectory() as folder:
            lesson = pathlib.Path(folder) / "mine.md"
            text = "---\ntitle: Mine\nsummary: s\nprogram: indication\n---\n## One\n- at: print 1\n- ask: next print\n\n%s\n"
            lesson.write_text(text % "Short.")
            self.restart("lesson", str(lesson), "--window")
            before = self.settled()
            lesson.write_text(text % ("Much longer than it was before. " * 8))
            os.utime(lesson, (2_000_000_000, 2_000_000_000))
            until = time.monotonic() + PATIENCE
            while Shot(self.window) == before and time.monotonic() < until:
                time.sleep(0.2)
            after = self.settled()
            self.assertGreater(after.light(*self.TEXT), before.light(*self.TEXT) + 200)
            self.assertTrue(after.same(before, *self.QUESTION))

    def test_4_presents_and_4_goes_back_and_so_does_f5(self):
        before = self.press("Home", "p", "p", "p", "0")
        presented = self.press("4", "0")
        self.assertGreater(presented.share_of_difference(before), 0.5)
        self.assertEqual(self.press("4", "0"), before)
        self.assertEqual(self.press("F5", "0"), presented)
        self.assertEqual(self.press("F5", "0"), before)

    def test_the_story_of_the_post_is_told_with_one_key(self):
        self.restart("play", "post")
        shots = [self.settled()]
        for _ in range(8):
            run("xdotool", "key", "space")
            time.sleep(0.3)
            shots.append(self.settled(pause=0.5))
            self.assertNotEqual(shots[-1], shots[-2])
        self.assertEqual(self.press("space"), shots[-1], "it is over")
        self.assertNotEqual(self.press("Escape"), shots[-1])
        run("xdotool", "key", "ctrl+q")
        self.assert_ends_well()

    # --- Mouse ---

    def test_a_symbol_written_into_its_field_runs_the_program_again_with_it(self):
        before = self.press(*["p"] * 6)
        self.open("r")
        self.click(Place.SYMBOLS)
        self.hold("End", "d", "Return")
        changed = self.hold("Escape")
        self.assertGreater(changed.share_of_difference(before), 0.005)
        self.assertEqual(self.press("ctrl+z"), before)

    def test_the_name_of_a_compared_storage_selects_it(self):
        self.assert_lit(self.press(*["p"] * 6), Place.GLOBAL, Place.CONTEXT)
        self.assert_lit(self.click(Place.COMPARED_CONTEXTVAR), Place.CONTEXT, Place.GLOBAL)

    def test_tabs_of_the_source_do_what_y_does(self):
        before = self.press(*["p"] * 6)
        python = self.press("y")
        self.assertEqual(self.click(Place.PYTHON), python, "it is shown already")
        self.assertEqual(self.click(Place.CPP), before)
        self.assertEqual(self.click(Place.PYTHON), python)

    def test_buttons_of_storages_do_what_their_keys_do(self):
        for key, place in (("c", Place.CONTEXT), ("h", Place.THREAD_LOCAL)):
            with self.subTest(key=key):
                before = self.press("Home", *["p"] * 6)
                by_key = self.press(key)
                self.assertEqual(self.press("ctrl+z"), before)
                self.assertEqual(self.click(place), by_key)
                self.assertEqual(self.press("ctrl+z"), before)

    def test_buttons_of_transport_do_what_their_keys_do(self):
        self.press("Home", *["p"] * 6)
        for key, place in (("Right", Place.FORWARD), ("Left", Place.BACK), ("Home", Place.START), ("End", Place.HEAD)):
            with self.subTest(key=key):
                before = self.press("Home", "p", "p", "p")
                by_key = self.press(key)
                self.assertNotEqual(by_key, before)
                self.assertEqual(self.press("Home", "p", "p", "p"), before)
                self.assertEqual(self.click(place), by_key)

    def test_the_play_button_plays_and_pauses(self):
        start = self.press("Home")
        x, y = at(Place.PLAY)
        run("xdotool", "mousemove", "--window", self.window, str(x), str(y))
        for _ in range(2):
            time.sleep(FRAME)
            run("xdotool", "mousedown", "1")
            time.sleep(FRAME)
            run("xdotool", "mouseup", "1")
            time.sleep(1)
        self.rest()
        paused = self.settled()
        self.assertNotEqual(paused, start)
        self.assertNotEqual(self.press("Right"), paused, "it is not the end")

    def test_the_wheel_zooms_and_0_shows_all_again(self):
        before = self.press(*["p"] * 12, "0")
        run("xdotool", "mousemove", "--window", self.window, "500", "350")
        for _ in range(4):
            run("xdotool", "click", "4")
            time.sleep(0.1)
        self.rest()
        zoomed = self.settled()
        self.assertGreater(zoomed.share_of_difference(before), 0.01)
        self.assertEqual(self.press("0"), before)

    def test_a_click_on_the_output_leads_to_that_print(self):
        last = self.press(*["p"] * 12)
        # The first symbol of the panel at the lower right.
        x, y = WIDTH * 0.692 + 24 * Place.SCALE + 6, HEIGHT * 0.764 + 60 * Place.SCALE
        self.assertNotEqual(self.click((x / Place.SCALE, y / Place.SCALE)), last)

    def test_a_click_on_a_line_of_the_source_leads_to_where_it_ran_and_shift_back(self):
        self.press(*["p"] * 6)
        first = self.click(Place.PRINTING_LINE)  # around the end of what has run
        second = self.click(Place.PRINTING_LINE)
        self.assertNotEqual(second, first)
        self.press("p")
        self.assertEqual(self.press("shift+p"), second, "the line prints: its next time is the next print")
        self.assertEqual(self.click(Place.PRINTING_LINE, modifier="shift"), first)

    # --- Finding one's way ---

    def test_the_palette_does_the_command_that_is_typed(self):
        before = self.press(*["p"] * 6)
        by_key = self.press("y")
        self.press("y")
        self.assertGreater(self.open("ctrl+shift+p").share_of_difference(before), 0.1)
        self.hold(*"python")
        self.assertEqual(self.hold("Return"), by_key)

    def test_escape_closes_the_palette_and_nothing_is_done(self):
        before = self.press(*["p"] * 6)
        self.open("ctrl+shift+p")
        self.hold(*"python")
        self.assertEqual(self.hold("Escape"), before)

    def test_the_menu_opens_from_the_name_and_by_its_key_and_does_what_a_key_does(self):
        before = self.press(*["p"] * 6)
        context = self.press("c")
        self.press("ctrl+z")
        opened = self.open("F10")
        self.assertNotEqual(opened, before)
        self.assertEqual(self.open("F10"), before)
        self.click(Place.MENU)
        self.click(Place.MENU_STORAGE)
        self.assertEqual(self.click(Place.MENU_CONTEXTVAR), context)

    def test_folding_a_lane_hides_its_children_and_unfolding_shows_them(self):
        before = self.press(*["p"] * 6)
        folded = self.click(Place.FOLD)
        self.assertGreater(folded.share_of_difference(before), 0.01)
        self.assertEqual(self.click(Place.FOLD), before)
        all_folded = self.press("shift+e")
        self.assertGreater(all_folded.share_of_difference(folded), 0.005)
        self.assertEqual(self.press("shift+e"), before)

    def test_shift_and_the_mouse_select_a_range_and_say_what_happened_in_it(self):
        before = self.press(*["p"] * 12)
        self.drag((300, 500), (700, 500), modifier="shift")
        selected = self.settled()
        self.assertGreater(selected.share_of_difference(before), 0.03)
        self.click((400, 640))  # anywhere below the lanes: nothing is selected
        self.assertNotEqual(self.settled(), selected)

    def test_a_mark_stands_where_it_was_written_until_it_is_taken_away(self):
        before = self.press(*["p"] * 6)
        self.open("m")
        self.assertNotEqual(self.hold(*"here", "Return"), before)
        self.open("m")
        self.assertEqual(self.hold("Return"), before)

    def test_search_finds_the_next_and_the_previous_place(self):
        self.press("c", *["p"] * 12)
        self.press("Home", "slash")
        self.hold("b")
        found = [self.hold("Return") for _ in range(3)]
        self.assertNotEqual(found[1], found[0])
        self.assertNotEqual(found[2], found[1])
        run("xdotool", "keydown", "shift")
        back = self.hold("Return")
        run("xdotool", "keyup", "shift")
        self.assertEqual(back, found[1])

    def test_ctrl_z_takes_back_views_and_jumps_in_the_order_in_which_they_came(self):
        before = self.press(*["p"] * 12, "0")
        zoomed = self.press("w")
        time.sleep(0.3)
        self.assertNotEqual(zoomed, before)
        panned = self.press("d")
        self.assertNotEqual(panned, zoomed)
        self.assertEqual(self.press("ctrl+z"), zoomed)
        self.assertEqual(self.press("ctrl+z"), before)
        self.assertEqual(self.press("ctrl+y"), zoomed)

    def test_2_keeps_a_run_and_compares_with_it(self):
        before = self.press(*["p"] * 6)
        kept = self.press("2")
        self.assertGreater(kept.share_of_difference(before), 0.02)
        self.assertNotEqual(self.press("c"), kept)
        self.press("ctrl+z")
        self.assertEqual(self.press("2"), before)

    # --- Sizes ---

    def test_fits_into_1280x720(self):
        before = self.press("Home", *["p"] * 6)
        run("xdotool", "windowsize", "--sync", self.window, "1280", "720")
        small = self.settled()
        self.assertEqual((small.width, small.height), (1280, 720))
        for rectangle in ((0, 0, 1280, 40), (900, 60, 1280, 300), (0, 520, 400, 720), (0, 60, 880, 450)):
            self.assertGreater(len(set(small.part(*rectangle))), 3, f"nothing is drawn at {rectangle}")
        self.assertNotEqual(self.press("Right"), small)
        self.press("Left")
        run("xdotool", "windowsize", "--sync", self.window, str(WIDTH), str(HEIGHT))
        self.press("Home", *["p"] * 6)
        self.assertEqual(self.press("0").width, before.width)

    def test_grows_and_shrinks_with_ctrl_plus_and_minus(self):
        before = self.press("Home")
        self.assertGreater(self.press("ctrl+equal", "ctrl+equal").share_of_difference(before), 0.02)
        self.press("ctrl+0")
        self.assertEqual(self.press("0"), before)


def ask_to_close(window):
    """Sends a window what a window manager sends when its cross is clicked. Xvfb has no window manager, and xdotool closes by force."""
    xlib = ctypes.CDLL("libX11.so.6")

    class ClientMessage(ctypes.Structure):
        _fields_ = [
            ("type", ctypes.c_int),
            ("serial", ctypes.c_ulong),
            ("send_event", ctypes.c_int),
            ("display", ctypes.c_void_p),
            ("window", ctypes.c_ulong),
            ("message_type", ctypes.c_ulong),
            ("format", ctypes.c_int),
            ("data", ctypes.c_long * 5),
            ("rest_of_xevent", ctypes.c_long * 24),
        ]

    xlib.XOpenDisplay.restype = ctypes.c_void_p
    xlib.XInternAtom.restype = ctypes.c_ulong
    xlib.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    xlib.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
    xlib.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = xlib.XOpenDisplay(DISPLAY.encode())
    protocols, delete = (xlib.XInternAtom(display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
    message = ClientMessage(33, 0, 1, display, window, protocols, 32, (delete, 0, 0, 0, 0))
    xlib.XSendEvent(display, window, 0, 0, ctypes.byref(message))
    xlib.XCloseDisplay(display)


class Part(unittest.TestLoader):
    """Finds every so manieth test: most of the time they wait, so several parts at once take less."""

    def __init__(self, part="1/1"):
        super().__init__()
        self.first, self.step = (int(number) for number in part.split("/"))

    def getTestCaseNames(self, case):
        return super().getTestCaseNames(case)[self.first - 1 :: self.step]


def main():
    global LOOPSCOPE, DISPLAY
    missing = [tool for tool in ("Xvfb", "xdotool", "import") if not shutil.which(tool)]
    if missing:
        print(f"Not tested, for want of {', '.join(missing)}.", file=sys.stderr)
        return 77
    LOOPSCOPE = os.path.abspath(sys.argv.pop(1))
    loader = Part()
    if sys.argv[1:2] == ["--part"]:
        loader = Part(sys.argv[2])
        del sys.argv[1:3]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-noreset", "-ardelay", "10000", "-nolisten", "tcp", "-screen", "0", "1920x1200x24"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        DISPLAY = ":" + server.stdout.readline().decode().strip()
        return 0 if unittest.main(exit=False, testLoader=loader).result.wasSuccessful() else 1
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
