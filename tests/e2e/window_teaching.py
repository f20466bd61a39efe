"""Exploration, lessons, demos, the projector."""

import os
import pathlib
import tempfile

from window import PATIENCE, Place, Window, run


class Teaching(Window):
    # The lower left of the screen while a lesson is open, and its two columns.
    LESSON = (20, 570, 1090, 890)
    TEXT, QUESTION = (20, 600, 550, 890), (570, 600, 1090, 890)
    HEADING = (20, 600, 550, 632)
    RIGHT = (1110, 60, 1600, 900)

    def test_1_lists_what_else_could_happen_and_1_closes_it(self):
        before = self.press("Home")
        run("xdotool", "key", "1")
        listed = self.settled(patience=6 * PATIENCE)  # thousands of runs, which a sanitizer makes slow
        source = tuple(round(each * Place.SCALE) for each in (20, 750, 660, 1060))
        self.assertGreater(listed.light(*source), 300)
        self.assertGreater(listed.share_of_difference(before), 0.004)
        self.assertEqual(self.press("1"), before)

    def test_a_lesson_is_played_with_keys_alone(self):
        before = self.press("Home")
        menu = self.press("3")
        self.assertFalse(menu.same(before, *self.LESSON))
        text = self.press("1")
        self.assertFalse(text.same(menu, *self.LESSON))
        asked = self.press("Return")
        for key, why in (("Return", "the question comes first"), ("Right", "what comes next is hidden"), ("9", "there is no ninth choice")):
            self.assertTrue(self.press(key).same(asked, *self.LESSON), why)
            self.assertTrue(self.settled().same(asked, *self.RIGHT), why)
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
            self.changed(before)
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
            shots.append(self.press("space"))
            self.assertNotEqual(shots[-1], shots[-2])
        self.assertEqual(self.press("space"), shots[-1], "it is over")
        self.assertNotEqual(self.press("Escape"), shots[-1])
        run("xdotool", "key", "ctrl+q")
        self.assert_ends_well()
