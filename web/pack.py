#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the page of its parts: pack.py WASM GLUE OUTPUT

WebAssembly and emscripten's JavaScript go into the page compressed with gzip, as Base64, which the page undoes. Equal parts make equal
bytes. Exits with 1 if the page is larger, as a server sends it, than it may be.
"""

import base64
import gzip
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
LIMIT = 2_000_000  # bytes, as a server compresses the page


def packed(data):
    """Returns bytes compressed, as text."""
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()


def page(wasm, glue):
    """Returns the page."""
    text = (HERE / "page.html").read_text(encoding="utf-8")
    scripts = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("gl_memory.js", "page.js"))
    assert "</script" not in scripts, "a script would end where it says so"
    for mark, value in (("@STYLE@", (HERE / "page.css").read_text(encoding="utf-8").strip()), ("@PAGE@", scripts.strip()),
                        ("@WASM@", packed(wasm)), ("@GLUE@", packed(glue))):  # fmt: skip
        assert text.count(mark) == 1, mark
        text = text.replace(mark, value)
    return text


def main(wasm, glue, output):
    text = page(pathlib.Path(wasm).read_bytes(), pathlib.Path(glue).read_bytes()).encode()
    served = len(gzip.compress(text, 9, mtime=0))
    pathlib.Path(output).write_bytes(text)
    print(f"{output}: {len(text):,} bytes, {served:,} as a server sends them")
    if served > LIMIT:
        sys.exit(f"that is more than {LIMIT:,}")


if __name__ == "__main__":
    main(*sys.argv[1:])
