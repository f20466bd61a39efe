"""Finding one's way: palette, menu, lanes, marks, search, views, sizes."""

from window import HEIGHT, WIDTH, Place, Window, at, run

LANES = (180, 150, 1000, 450)  # of the window when it opens
OUTPUT = (1120, 660, 1590, 760)


class Finding(Window):
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

    def test_lanes_are_sorted_by_name_chain_and_state_and_then_as_they_were_created(self):
        before = self.press(*["p"] * 6)
        orders = [self.press("o") for _ in range(3)]
        for one, other in zip([before, *orders], orders):
            self.assertNotEqual(one, other)
        self.assertEqual(self.press("o"), before)

    def test_shift_and_the_mouse_select_a_range_and_say_what_happened_in_it(self):
        before = self.press(*["p"] * 12)
        self.drag((300, 500), (700, 500), modifier="shift")
        selected = self.settled()
        self.assertGreater(selected.share_of_difference(before), 0.03)
        fitted = self.press("f")
        self.assertGreater(fitted.share_of_difference(selected), 0.03)
        self.assertEqual(self.press("BackSpace"), selected)
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

    def test_what_a_search_finds_is_lit_and_counted_while_its_field_is_open(self):
        before = self.press(*["p"] * 12)
        opened = self.open("ctrl+f")
        lit = self.hold("c")  # a global has what the last one wrote
        beside = (900, 56, 1020, 88)  # the field, where it says how many there are
        for rectangle in (LANES, OUTPUT, beside):
            self.assertFalse(lit.same(opened, *rectangle), f"nothing is lit in {rectangle}")
        found = self.hold("Return")
        self.assertFalse(found.same(lit, *beside), "it does not say which one this is")
        self.hold("Escape")
        self.assertEqual(self.press("ctrl+z"), before)
        self.open("slash")  # what was looked for before is still in the field
        self.assertEqual(self.hold("Return"), found)

    def test_a_search_and_the_filter_know_the_names_that_are_shown(self):
        name = ["s", "l", "e", "e", "p", "parenleft", "b", "parenright"]
        before = self.press("c", *["p"] * 12)
        self.open("ctrl+f")
        self.hold(*name)
        self.assertGreater(self.hold("Return").share_of_difference(before), 0.02)  # at the creation of that task
        self.hold("Escape")
        self.press("ctrl+z")
        self.open("ctrl+shift+f")
        self.hold(*name)
        left = self.hold("Return")
        self.assertFalse(left.same(before, *LANES), "no lane is left out")
        self.assertGreater(len(set(left.part(*LANES))), 8, "no lane is left")
        self.open("ctrl+shift+f")
        self.assertEqual(self.hold("Escape"), before)

    def test_the_list_of_marks_leads_to_them_and_removes_them(self):
        before = self.press(*["p"] * 6)
        self.open("m")
        marked = self.hold(*"here", "Return")
        self.press("Home")
        self.open("shift+m")
        self.assertEqual(self.hold("Return"), marked)
        self.open("shift+m")
        self.hold("Delete")
        self.assertEqual(self.hold("Escape"), before)

    def test_what_is_not_found_is_said_until_something_else_is_done(self):
        before = self.press("Home")
        said = self.press("shift+l")
        middle = (300, 330, 800, 400)
        self.assertGreater(said.light(*middle), before.light(*middle) + 300)
        self.assertEqual(self.press("Home"), before)

    def test_a_filter_leaves_a_sign_until_it_is_ended(self):
        before = self.press("Home", *["p"] * 6)
        self.open("ctrl+shift+f")
        self.hold(*"nobody")
        self.hold("Return")
        sign = tuple(round(each * Place.SCALE) for each in (230, 68, 410, 90))
        self.assertFalse(self.settled().same(before, *sign))
        self.open("ctrl+shift+f")
        self.assertEqual(self.hold("Escape"), before)

    def test_ctrl_z_takes_back_views_and_jumps_in_the_order_in_which_they_came(self):
        before = self.press(*["p"] * 12, "0")
        zoomed = self.press("w")
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
