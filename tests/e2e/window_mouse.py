"""What the mouse does."""

from window import HEIGHT, WIDTH, Place, Window, at, run


class Mouse(Window):
    def test_a_symbol_written_into_its_field_runs_the_program_again_with_it(self):
        before = self.press(*["p"] * 6)
        self.open("r")
        self.click(Place.SYMBOLS)
        self.hold("End", "d", "Return")
        changed = self.hold("Escape")
        self.assertGreater(changed.share_of_difference(before), 0.005)
        self.assertEqual(self.press("ctrl+z"), before)

    def test_a_character_less_in_its_field_is_a_shorter_run_and_no_crash(self):
        before = self.press("End")
        self.open("r")
        self.click(Place.SYMBOLS)
        self.hold("End", "BackSpace", "BackSpace")
        changed = self.hold("Escape")
        self.assertGreater(changed.share_of_difference(before), 0.005)
        self.assertIsNone(self.program.poll())

    def test_a_storage_that_is_clicked_after_the_end_runs_it_again_from_the_start(self):
        self.restart("--program", "pool-worker", "--storage", "contextvar")
        self.press(*["p"] * 8)
        self.assert_lit(self.click(Place.GLOBAL), Place.GLOBAL, Place.CONTEXT)
        self.assertIsNone(self.program.poll())

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
        self.restart("--set", "duration=3600")
        start = self.press("Home")
        run("xdotool", "mousemove", "--window", self.window, *map(str, at(Place.PLAY)))
        pointed_at = self.settled()
        self.push()
        self.changed(self.changed(pointed_at))
        self.push()
        self.rest()
        paused = self.settled()
        self.assertNotEqual(paused, start)
        self.assertNotEqual(self.press("Right"), paused, "it is not the end")

    def test_the_wheel_zooms_and_0_shows_all_again(self):
        before = self.press(*["p"] * 12, "0")
        run("xdotool", "mousemove", "--window", self.window, "500", "350")
        for _ in range(4):
            run("xdotool", "click", "4")
            self.settled()
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
