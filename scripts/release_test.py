# SPDX-License-Identifier: MIT
import datetime
import gzip
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest
import zipfile

import release

TODAY = datetime.date(2026, 12, 24)
FILES = {
    "CMakeLists.txt": "project(loopscope VERSION 1.2.3 LANGUAGES C CXX)\n",
    "CHANGELOG.md": "# Changelog\n\nWhat changes.\n\n## [1.2.3] - 2026-12-24\n\n### Added\n- This.\n\n## [1.2.2] - 2026-11-01\n\n- That.\n",
    "vcpkg.json": '{"name": "loopscope", "version": "1.2.3"}\n',
    "recorder/pytest/pyproject.toml": '[project]\nversion = "1.2.3"\n',
    "packaging/metainfo.xml.in": '<release version="@PROJECT_VERSION@" date="@LOOPSCOPE_DATE@"/>\n',
    "README.md": "`pip install loopscope-1.2.3-py3-none-any.whl`\n",
    "docs/nightly.md": "loopscope_1.0.0_amd64.deb\n",
    "docs/other.md": "Version 7.8.9 of something else.\n",
}


class Release(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def complaints(self, name=None, old="", new=""):
        """Returns what is said of the tree with one thing in it changed."""
        if name:
            self.assertIn(old, FILES[name])
            self.write(name, FILES[name].replace(old, new))
        return list(release.complaints_of_files(release.Tree(self.root), TODAY))

    def test_of_a_tree_that_agrees_has_its_newest_changes_as_notes(self):
        self.assertEqual(self.complaints(), [])
        self.assertEqual(release.Tree(self.root).notes(), "### Added\n- This.")

    def test_names_each_file_that_says_another_version(self):
        others = {"CHANGELOG.md": "[1.2.3]", "vcpkg.json": "1.2.3", "recorder/pytest/pyproject.toml": "1.2.3", "README.md": "1.2.3", "packaging/metainfo.xml.in": "@PROJECT_VERSION@"}
        for name, says in others.items():
            with self.subTest(file=name):
                (complaint,) = self.complaints(name, says, says.replace("1.2.3", "1.2.4").replace("@PROJECT_VERSION@", "1.2.4"))
                self.assertTrue(complaint.startswith(f"{name} says 1.2.4, and CMakeLists.txt 1.2.3:"), complaint)
                self.write(name, FILES[name])

    def test_says_that_a_version_is_not_dated_yet(self):
        for instead in (" - unreleased", "", " - 2026-13-01", " - soon"):
            with self.subTest(heading=instead):
                (complaint,) = self.complaints("CHANGELOG.md", " - 2026-12-24", instead)
                self.assertIn("1.2.3 is not dated yet; write the day of the release", complaint)
                self.assertIn("## [1.2.3] - 2026-12-24", complaint)

    def test_refuses_a_day_to_come_and_a_version_without_changes(self):
        (complaint,) = self.complaints("CHANGELOG.md", "2026-12-24", "2026-12-25")
        self.assertIn("2026-12-25, which is to come", complaint)
        (complaint,) = self.complaints("CHANGELOG.md", "### Added\n- This.\n", "")
        self.assertIn("says nothing below its top heading", complaint)

    def install(self, version, date):
        """Writes what a package installs; returns where."""
        prefix = self.root / "usr"
        shutil.rmtree(prefix, ignore_errors=True)
        for name in ("bin", "share/man/man1", "share/metainfo", "share/doc/loopscope"):
            (prefix / name).mkdir(parents=True)
        self.write("usr/bin/loopscope", f"#!/bin/sh\necho Loopscope {version}\n")
        (prefix / "bin/loopscope").chmod(0o755)
        (prefix / "share/man/man1/loopscope.1.gz").write_bytes(gzip.compress(f'.TH LOOPSCOPE 1 "{date}" "Loopscope {version}" "User Commands"\n'.encode()))
        self.write("usr/share/metainfo/org.loopscope.Loopscope.metainfo.xml", f'<component><releases><release version="{version}" date="{date}"/></releases></component>')
        self.write("usr/share/doc/loopscope/loopscope.spdx.json", json.dumps({"packages": [{"name": "fmt", "versionInfo": "9"}, {"name": "Loopscope", "versionInfo": version}]}))
        (prefix / "share/doc/loopscope/changelog.gz").write_bytes(gzip.compress(f"loopscope ({version}) unstable; urgency=medium\n".encode()))
        return prefix

    def pack(self, package, program, metadata):
        """Writes the three things that are released, of the versions that each is to say."""
        build = self.root / "build"
        shutil.rmtree(build, ignore_errors=True)
        build.mkdir()
        prefix = self.install(package, "2026-12-24")
        debian = self.root / "debian"
        shutil.copytree(prefix, debian / "usr", dirs_exist_ok=True)
        (debian / "DEBIAN").mkdir(exist_ok=True)
        (debian / "DEBIAN/control").write_text(f"Package: loopscope\nVersion: {package}\nArchitecture: all\nMaintainer: m <m@example>\nDescription: it\n")
        subprocess.run(["dpkg-deb", "--build", debian, build / "loopscope_amd64.deb"], check=True, capture_output=True)
        subprocess.run(["tar", "-czf", build / f"loopscope-{package}-Linux.tar.gz", f"--transform=s|^|loopscope-{package}-Linux/|", "usr"], cwd=self.root, check=True)
        with zipfile.ZipFile(build / f"loopscope-{metadata}-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"loopscope-{metadata}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: loopscope\nVersion: {metadata}\n\nText\n")
            wheel.writestr("loopscope/loopscope", f"#!/bin/sh\necho Loopscope {program}\n")
        return list(release.complaints_of_built(release.Tree(self.root), build))

    @unittest.skipUnless(shutil.which("dpkg-deb"), "there is no dpkg-deb here")
    def test_looks_into_what_was_built(self):
        self.assertEqual(self.pack("1.2.3", "1.2.3", "1.2.3"), [])
        said = self.pack("1.2.2", "1.2.3", "1.2.3")
        for where in ("the package", "its folder", "loopscope --version", "the manual page", "the metadata for software centres", "the bill of materials", "Debian's changelog"):
            self.assertTrue(any(f"{where} says 1.2.2, and not 1.2.3" in each for each in said), (where, said))
        (program,) = self.pack("1.2.3", "1.2.2", "1.2.3")
        self.assertIn("whl: loopscope --version says 1.2.2", program)
        self.assertEqual(len(self.pack("1.2.3", "1.2.3", "1.2.4")), 2)

    @unittest.skipUnless(shutil.which("dpkg-deb"), "there is no dpkg-deb here")
    def test_looks_at_the_day_that_what_was_built_bears(self):
        self.write("CHANGELOG.md", FILES["CHANGELOG.md"].replace("2026-12-24", "2026-12-23"))
        said = self.pack("1.2.3", "1.2.3", "1.2.3")
        self.assertEqual(len(said), 4)  # two in each of the packages
        self.assertTrue(all("2026-12-24, and not 2026-12-23" in each for each in said), said)

    def test_says_what_was_not_built_and_what_was_built_twice(self):
        (self.root / "build").mkdir()
        for name in ("loopscope_1.2.2_amd64.deb", "loopscope_1.2.3_amd64.deb"):
            self.write(f"build/{name}", "")
        said = list(release.complaints_of_built(release.Tree(self.root), self.root / "build"))
        self.assertEqual(["has 2 files" in each or "has no files" in each for each in said], [True, True, True])
        self.assertIn("run ./dev wheel", said[2])

    def git(self, *words):
        environment = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "PATH": "/usr/bin:/bin"}
        who = ("-c", "user.name=someone", "-c", "user.email=someone@example")
        subprocess.run(["git", *who, *words], cwd=self.root, check=True, capture_output=True, env=environment)

    def test_wants_everything_committed_and_a_tag_that_is_nobody_else_s(self):
        self.git("init", "--quiet")
        self.git("add", ".")
        self.git("commit", "--quiet", "--message", "All of it")
        tree = release.Tree(self.root)
        self.assertEqual(list(release.complaints_of_git(tree)), [])
        self.git("tag", "v1.2.3")
        self.assertEqual(list(release.complaints_of_git(tree)), [])
        self.write("README.md", "changed\n")
        (complaint,) = release.complaints_of_git(tree)
        self.assertIn("README.md differ from what is committed", complaint)
        self.git("commit", "--quiet", "--all", "--message", "More")
        (complaint,) = release.complaints_of_git(tree)
        self.assertIn("v1.2.3 is another commit's tag", complaint)


class ThisTree(unittest.TestCase):
    def test_says_one_version_everywhere(self):
        tree = release.Tree(release.ROOT)
        self.assertEqual({said.where: said.what for said in tree.versions() if said.what != tree.version}, {})
        self.assertTrue(tree.notes())


if __name__ == "__main__":
    unittest.main()
