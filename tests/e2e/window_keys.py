"""Opening and closing, and what keys do."""

import os
import pathlib
import signal
import time

import window
import x11
from window import HEIGHT, WIDTH, Place, Window, run


ENDLESS = ("--set", "duration=3600")  # has more to play than any test waits for


class Keys(Window):
    RIGHT = (1110, 60, 1600, 900)  # LOOP, STORAGE and OUTPUT

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
        x11.ask_to_close(window.DISPLAY, int(self.window))
        self.assert_ends_well()

    def test_ends_while_it_plays(self):
        self.restart(*ENDLESS)
        before = self.settled()
        run("xdotool", "key", "space")
        self.changed(self.changed(before))
        run("xdotool", "key", "ctrl+q")
        self.assert_ends_well()

    def test_takes_a_key_that_came_while_the_machine_was_too_busy_to_run_it(self):
        before = self.settled()
        self.wait_until_idle()
        os.kill(self.program.pid, signal.SIGSTOP)
        run("xdotool", "key", "Right")
        time.sleep(0.6)  # longer than it waits for a key before it looks around: idle_wait of app/screen/window_loop.cpp
        os.kill(self.program.pid, signal.SIGCONT)
        self.changed(before)

    def wait_until_idle(self):
        """Until the window's thread has done nothing for a while: not even drawn what it had drawn before."""
        worked = pathlib.Path(f"/proc/{self.program.pid}/schedstat")
        before = None
        while (now := worked.read_text()) != before:
            before = now
            time.sleep(0.1)

    def test_right_steps_and_left_steps_back(self):
        # The trace has to be there first: what is still to come is shown, standing back.
        shots = [self.press(*["Right"] * 8)]
        for _ in range(4):
            shots.append(self.press("Left"))
            self.assertNotEqual(shots[-1], shots[-2])
        for expected in reversed(shots[:-1]):
            self.assertEqual(self.press("Right"), expected)

    def test_space_plays_to_the_end(self):
        end = self.press("period", "period", "period", "period", "space")
        self.assertTrue(self.press("Right").same(end, *self.RIGHT), "there is nothing after the end")
        self.assertNotEqual(self.press("Left"), end)

    def test_space_pauses(self):
        self.restart(*ENDLESS)
        before = self.settled()
        run("xdotool", "key", "space")
        self.changed(self.changed(before))
        paused = self.press("space")
        self.frames(20)
        self.assertEqual(self.settled(), paused)
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
