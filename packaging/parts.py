#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Says of what a package of Loopscope is made:  parts.py (notices|sbom|changelog) VERSION DATE [ADDRESS] [--static]

`notices`: the copyright files of all that is compiled in, as Debian's packages have them, and with `--static` of what is linked as well. `sbom`: a bill of materials, SPDX 2.3 in JSON, with
the versions that are installed here. `changelog`: what Debian wants of a package's changes (deb-changelog(5)), signed with ADDRESS. Exits with 1 where a package is missing.
"""

import argparse
import datetime
import json
import pathlib
import re
import subprocess
import sys

# What is compiled in, by Debian's package: its name, its licence by SPDX, and how it is in the program.
COMPILED_IN = (
    ("libimgui-dev", "Dear ImGui", "MIT", "STATIC_LINK"),
    ("libstb-dev", "stb", "MIT", "STATIC_LINK"),
    ("libcli11-dev", "CLI11", "BSD-3-Clause", "CONTAINS"),
    ("libexpected-dev", "tl::expected", "CC0-1.0", "CONTAINS"),
    ("python3-glad", "glad", "MIT", "GENERATED_FROM"),
    ("fonts-inter", "Inter", "OFL-1.1", "CONTAINS"),
    ("fonts-jetbrains-mono", "JetBrains Mono", "Apache-2.0", "CONTAINS"),
)
PAGE = pathlib.Path(__file__).resolve().parents[1] / "build" / "web" / "loopscope.html"
# What the page for browsers has inside besides, where there is one: ./dev web makes it.
IN_PAGE = (("emscripten", "Emscripten, with musl and LLVM's libraries", "MIT", "CONTAINS"),)
LINKED = (  # also into that page, but for the last
    ("libfmt-dev", "{fmt}", "MIT"),
    ("libzstd-dev", "Zstandard", "BSD-3-Clause"),
    ("libxxhash-dev", "xxHash", "BSD-2-Clause"),
    ("libsimdjson-dev", "simdjson", "Apache-2.0"),
    ("libpng-dev", "libpng", "libpng-2.0"),
    ("zlib1g-dev", "zlib", "Zlib"),
    ("libglfw3-dev", "GLFW", "Zlib"),
)


def version_of(package):
    """Returns the version of an installed package. Exits where there is none."""
    done = subprocess.run(["dpkg-query", "--show", "--showformat=${Version}", package], capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout:
        sys.exit(f"The package {package} is not installed, so nothing can be said of its version: install it, as ./dev does.")
    return done.stdout


def compiled_in():
    """Returns what is in the program and in the page for browsers, if there is one."""
    return COMPILED_IN + (IN_PAGE if PAGE.exists() else ())


def notices(static):
    """Returns the copyright files of what is compiled in, one below the other."""
    linked = LINKED if static else LINKED[:-1] if PAGE.exists() else ()
    parts = ["Loopscope has the following in it, whose licences are these."]
    for package, name, *_ in (*compiled_in(), *linked):
        text = pathlib.Path("/usr/share/doc", package, "copyright").read_text(encoding="utf-8")
        parts.append(f"{'=' * 80}\n{name}, of Debian's package {package} {version_of(package)}\n{'=' * 80}\n\n{text.strip()}")
    return "\n\n".join(parts) + "\n"


def spdx_id(name):
    """Returns a name as SPDX allows it in an identifier."""
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.]+", "-", name).strip("-")


def package_of(name, version, licence):
    """Returns a package as SPDX describes it."""
    return {"SPDXID": spdx_id(name), "name": name, "versionInfo": version, "downloadLocation": "NOASSERTION", "licenseConcluded": licence,
            "licenseDeclared": licence, "copyrightText": "NOASSERTION", "filesAnalyzed": False}  # fmt: skip


def sbom(version, date):
    """Returns the bill of materials, as JSON."""
    parts = [(package, name, licence, kind) for package, name, licence, kind in compiled_in()]
    parts += [(package, name, licence, "DYNAMIC_LINK") for package, name, licence in LINKED]
    own = spdx_id("Loopscope")
    relations = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": own}]
    relations += [{"spdxElementId": own, "relationshipType": kind, "relatedSpdxElement": spdx_id(name)} for _, name, _, kind in parts]
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"loopscope-{version}",
        "documentNamespace": f"urn:loopscope:{version}:{date}",
        "creationInfo": {"created": f"{date}T00:00:00Z", "creators": ["Tool: packaging/parts.py"]},
        "packages": [package_of("Loopscope", version, "MIT"), *(package_of(name, version_of(package), licence) for package, name, licence, _ in parts)],
        "relationships": relations,
    }
    return json.dumps(document, indent=1) + "\n"


def changelog(version, date, address):
    """Returns the entry of a package's changelog: what has changed stands in CHANGELOG.md."""
    day = datetime.date.fromisoformat(date).strftime("%a, %d %b %Y 00:00:00 +0000")
    return f"loopscope ({version}) unstable; urgency=medium\n\n  * Version {version}; what it changes stands in CHANGELOG.md.\n\n -- Loopscope maintainers <{address}>  {day}\n"


def main():
    """Writes to standard output what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("notices", "sbom", "changelog"))
    parser.add_argument("version")
    parser.add_argument("date")
    parser.add_argument("address", nargs="?", default="")
    parser.add_argument("--static", action="store_true", help="what is linked is in the program, too")
    arguments = parser.parse_args()
    if arguments.what == "notices":
        sys.stdout.write(notices(arguments.static))
    elif arguments.what == "sbom":
        sys.stdout.write(sbom(arguments.version, arguments.date))
    else:
        sys.stdout.write(changelog(arguments.version, arguments.date, arguments.address))


if __name__ == "__main__":
    main()
