# SPDX-License-Identifier: MIT
import pathlib
import subprocess
import tempfile
import unittest

SCRIPTS = pathlib.Path(__file__).resolve().parent
LIST = """# What is installed
[build]
g++                   # a compiler
libold-dev [bookworm] # [is gone]
libnew-dev [trixie noble]

[test]
xvfb
"""


def packages(release, *sections, path=SCRIPTS / "packages.txt"):
    """Returns the packages of some sections on a release."""
    words = ["awk", "-v", f"wanted= {' '.join(sections)} ", "-v", f"release={release}", "-f", SCRIPTS / "packages.awk", path]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.split(" ")


class Packages(unittest.TestCase):
    def test_are_those_of_the_sections_and_of_the_release(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "packages.txt"
            path.write_text(LIST)
            self.assertEqual(packages("bookworm", "build", "test", path=path), ["g++", "libold-dev", "xvfb"])
            self.assertEqual(packages("noble", "build", path=path), ["g++", "libnew-dev"])
            self.assertEqual(packages("", "build", path=path), ["g++"])

    def test_of_this_tree_have_the_sanitizers_of_the_release_s_own_clang(self):
        found = {release: [name for name in packages(release, "fuzz") if name.startswith("libclang-rt")] for release in ("bookworm", "trixie", "noble")}
        self.assertEqual(found, {"bookworm": ["libclang-rt-14-dev"], "trixie": ["libclang-rt-19-dev"], "noble": ["libclang-rt-18-dev"]})


if __name__ == "__main__":
    unittest.main()
