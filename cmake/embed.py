# SPDX-License-Identifier: MIT
"""Writes a C++ file that holds other files: embed.py NAMESPACE OUTPUT FILE…

The result defines `std::string_view loopscope::NAMESPACE::file(std::string_view name)`, which gives a file's bytes by the last part of
its path, or an empty view for a name that was not embedded; and `std::span<const std::string_view> names()`, all names in order.
"""

import pathlib
import sys


# A string literal compiles several times faster than a list of numbers. Three octal digits never run into the next character.
CHARACTERS = [chr(byte) if 32 <= byte < 127 and chr(byte) not in '"?\\' else f"\\{byte:03o}" for byte in range(256)]


def array(index, data):
    text = [CHARACTERS[byte] for byte in data]
    lines = ['"' + "".join(text[at : at + 100]) + '"' for at in range(0, len(text), 100)] or ['""']
    return f"constexpr char data_{index}[] =\n" + "\n".join(lines) + ";\n"


def main(namespace, output, paths):
    files = [(pathlib.Path(path).name, pathlib.Path(path).read_bytes()) for path in paths]
    text = ["#include <span>", "#include <string_view>\n", f"namespace loopscope::{namespace} {{", "namespace {"]
    text += [array(index, data) for index, (_, data) in enumerate(files)]
    text += ["}  // namespace\n", "std::string_view file(std::string_view name);", "std::string_view file(std::string_view name) {"]
    for index, (name, data) in enumerate(files):
        text.append(f'    if (name == "{name}") return {{data_{index}, {len(data)}}};')
    listed = ", ".join(f'"{name}"' for name, _ in files)
    text += ["    return {};", "}", "std::span<const std::string_view> names();", "std::span<const std::string_view> names() {"]
    text += [f"    static constexpr std::string_view all[] = {{{listed}}};", "    return all;", "}", f"}}  // namespace loopscope::{namespace}\n"]
    pathlib.Path(output).write_text("\n".join(text))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
