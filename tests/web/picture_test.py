#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The page draws what the program draws: picture_test.py PROGRAM

Both pictures and their difference are left in build/web/pictures. Needs ImageMagick.
"""

import pathlib
import re
import subprocess
import sys
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parent))
import chromium

PROGRAM = sys.argv[1]
PICTURES = pathlib.Path(__file__).resolve().parents[2] / "build" / "web" / "pictures"
BAR = 44  # of the page above the window, in pixels
# Drivers round the edges of letters in their own ways: so many of a million pixels may differ by more than a tenth.
MOST_DIFFERENT = 200


class SamePicture(unittest.TestCase):
    def compare(self, theme, width=1600, height=900, at=250):
        native = PICTURES / f"native-{theme}.png"
        subprocess.run([PROGRAM, "run", "indication", "--at", str(at), "--size", f"{width}x{height}", "--theme", theme, "--png", native], check=True, capture_output=True)
        html = PICTURES / f"run-{theme}.html"
        subprocess.run([PROGRAM, "run", "indication", "--at", str(at), "--theme", theme, "--html", html], check=True, capture_output=True)
        with chromium.Chromium() as browser:
            page = browser.open(html.resolve().as_uri(), width, height + BAR, offline=True)
            whole = page.picture(PICTURES / f"whole-{theme}.png")
        mine = PICTURES / f"page-{theme}.png"
        subprocess.run(["convert", whole, "-crop", f"{width}x{height}+0+{BAR}", "+repage", mine], check=True)
        done = subprocess.run(["compare", "-metric", "AE", "-fuzz", "10%", native, mine, PICTURES / f"difference-{theme}.png"], capture_output=True, text=True, check=False)
        different = float(re.match(r"[\d.e+]+", done.stderr)[0])
        print(f"{theme}: {different:.0f} of {width * height} pixels differ by more than a tenth")
        self.assertLessEqual(different, MOST_DIFFERENT * width * height / 1e6)

    def test_dark(self):
        self.compare("dark")

    def test_light(self):
        self.compare("light")


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    unittest.main(argv=sys.argv[:1])
