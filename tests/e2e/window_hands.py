"""What hands expect of a window: the view stays, Escape closes, lists go by keys, no tap is lost."""

import window
from window import Place, Shot, Window, at, run

RIGHT = (1110, 60, 1598, 898)  # LOOP, STORAGE and OUTPUT
FLAGS = tuple(round(each * Place.SCALE) for each in (188, 94, 1310, 128))
LANES = tuple(round(each * Place.SCALE) for each in (190, 130, 1310, 560))


class Hands(Window):
    def point(self, place):
        run("xdotool", "mousemove", "--window", self.window, *map(str, at(place)))
        self.frames()

    def wheel(self, button, times):
        for _ in range(times):
            run("xdotool", "click", str(button))
        return self.settled()

    def taps(self, *keys):
        """Pressed and released at once, one after the other, however many of them come within a frame."""
        run("xdotool", "key", "--delay", "0", *keys)
        return self.settled()

    def test_the_wheel_zooms_at_the_mouse_and_playing_goes_on_without_the_view(self):
        place = (900, 300)
        self.press("End", *["p"] * 12, "0")
        under = self.click(place)
        for end in ("End", "Home"):
            self.press(end, "0")
            self.point(place)
            self.wheel(4, 5)
            self.assertTrue(self.click(place).same(under, *RIGHT), f"after {end} another place is under the mouse")
        self.restart("--set", "duration=3600")
        self.press(*["p"] * 24, "Home", "0")
        self.point((1200, 300))
        run("xdotool", "key", "space")
        self.changed(self.changed(Shot(self.window)))
        run("xdotool", "click", "5")  # the wheel, while it plays
        self.frames(40)
        left = tuple(round(each * Place.SCALE) for each in (190, 130, 480, 560))
        before = Shot(self.window)
        self.frames(40)
        self.assertTrue(Shot(self.window).same(before, *left), "the view stays where the wheel has put it")
        run("xdotool", "key", "space")
        self.settled()

    def test_a_range_is_fitted_and_kept_by_t_and_zoomed_to_by_a_double_click_and_ended_by_escape(self):
        before = self.press(*["p"] * 12, "0")
        self.drag((400, 500), (700, 500), modifier="shift")
        selected = self.settled()
        fitted = self.press("f")
        self.assertEqual(self.press("0"), selected)
        self.point((550, 300))
        self.wheel(4, 12)
        self.rest()
        self.assertEqual(self.press("f"), fitted, "after a zoom, too")
        self.press("t")
        self.assertEqual(self.press("t", "f"), fitted, "the range is kept")
        self.press("0")
        self.point((550, 300))
        run("xdotool", "click", "--repeat", "2", "--delay", "20", "1")
        self.settled()
        self.rest()
        self.assertEqual(self.press("f"), self.settled(), "a double click has shown the range")
        self.assertFalse(self.settled().same(selected, *LANES))
        self.press("Escape", "0", "End")
        self.press("Home", *["p"] * 12)
        self.assertTrue(self.settled().same(before, *FLAGS), "no range is there any more")

    def test_a_double_click_zooms_to_a_step(self):
        self.press(*["p"] * 12, "0")
        step = (308, 260)  # the second print of the first lane that prints
        self.click(step)
        shown = self.press("Shift_L")  # with a key between them, a click and what follows are no double click
        self.point(step)
        run("xdotool", "click", "--repeat", "2", "--delay", "20", "1")
        self.settled()
        self.rest()
        zoomed = self.settled()
        self.assertFalse(zoomed.same(shown, *LANES))
        self.assertTrue(self.press("BackSpace").same(shown, *LANES))

    def test_escape_closes_sheets_lists_and_fields_and_no_key_acts_behind_them(self):
        before = self.press("Home", *["p"] * 3)
        more = (752, 30)
        for opens in (lambda: self.open("question"), lambda: self.open("F10"), lambda: self.click(more), lambda: self.open("r")):
            shown = opens()
            self.assertNotEqual(shown, before)
            self.assertEqual(self.taps("p", "l", "c", "End"), self.settled())
            self.press("Escape")
            self.rest()
            self.assertEqual(self.settled(), before)
        self.open("slash")
        self.assertEqual(self.press("Escape"), before)

    def test_the_menu_goes_by_arrows_letters_and_enter(self):
        before = self.press(*["p"] * 6)
        context = self.press("c")
        self.assertEqual(self.press("ctrl+z"), before)
        self.open("F10")
        self.press("s", "Right", "Down", "Down")
        self.assertEqual(self.press("Return"), context)

    def test_m_marks_the_moment_at_which_it_was_pressed_and_taps_are_not_lost(self):
        before = self.press(*["p"] * 6)
        marked = self.taps("m", "h", "e", "r", "e", "Return")
        self.assertNotEqual(marked, before)
        self.assertEqual(self.taps("m", "Return"), before, "the mark is gone again")
        self.restart("--set", "duration=3600")
        self.press(*["p"] * 6)
        run("xdotool", "key", "space")
        self.frames(4)
        run("xdotool", "key", "m")
        self.frames(30)
        self.taps("x", "Return", "space")
        self.press("Home", "0")
        flags = tuple(round(each * Place.SCALE) for each in (188, 94, 1310, 120))
        self.assertGreater(self.settled().light(*flags), 5, "the mark is not at the head, which is further on")

    def test_the_palette_takes_taps(self):
        before = self.press(*["p"] * 6)
        python = self.press("y")
        self.assertEqual(self.press("y"), before)
        self.assertEqual(self.taps("ctrl+shift+p", *"python", "Return"), python)

    def test_the_right_button_opens_a_menu_and_f11_fills_the_screen(self):
        before = self.press(*["p"] * 6)
        self.point((700, 250))
        run("xdotool", "click", "3")
        self.assertGreater(self.settled().share_of_difference(before), 0.01)
        self.press("Escape")
        self.rest()
        closed = self.settled()
        self.point((700, 250))
        run("xdotool", "click", "3")
        self.settled()
        self.press("Escape")
        self.rest()
        self.assertEqual(self.settled(), closed)
        self.press("F11")
        size = window.PINGER.size(int(self.window))
        self.assertEqual(size, (1920, 1080))
        self.press("F11")
        self.assertEqual(window.PINGER.size(int(self.window)), (window.WIDTH, window.HEIGHT))

    def test_the_count_of_leaks_leads_to_a_leak(self):
        leak = self.press(*["p"] * 12, "Home", "l")
        self.press("Home")
        self.assertTrue(self.click((1760, 30)).same(leak, *RIGHT))
