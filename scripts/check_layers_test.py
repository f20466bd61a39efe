# SPDX-License-Identifier: MIT
import contextlib
import io
import pathlib
import tempfile
import unittest

import check_layers

CORE = """\
# The library. loopscope_layer(core/dream USES core/nothing) in a comment is no layer.
loopscope_layer(core/base SOURCES string_table.cpp)
loopscope_layer(core/trace
    SOURCES log.cpp  # keeps events
    USES core/base
    LIBRARIES fmt::fmt)
loopscope_layer(core/loop SOURCES loop.cpp USES core/trace)
"""
APP = """\
loopscope_layer(app/gl USES core/base)
loopscope_layer(app/session USES core/loop)
loopscope_layer(app/panels SOURCES panel.cpp USES app/session)
add_executable(loopscope main.cpp arguments.cpp)
target_link_libraries(loopscope PRIVATE loopscope_app_panels)
"""


class CheckLayers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("core/CMakeLists.txt", CORE)
        self.write("app/CMakeLists.txt", APP)

    def write(self, file, text):
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def include(self, file, *targets):
        self.write(file, "#pragma once\n" + "".join(f"#include {target}\n" for target in targets))

    def violations(self):
        return [str(violation) for violation in check_layers.check(self.root)]

    def source(self, file, text):
        """A source with a header of its stem beside it."""
        self.write(file.replace(".cpp", ".hpp"), "#pragma once\n")
        self.write(file, text)

    def test_includes_along_the_arrows_are_fine(self):
        self.include("core/base/id.hpp", "<cstdint>")
        self.include("core/trace/log.hpp", '"core/base/id.hpp"', '"core/trace/event.hpp"')
        self.source("core/loop/loop.cpp", '#include "core/trace/log.hpp"\n#include "core/base/id.hpp"\n')
        self.include("app/panels/panel.hpp", '"app/session/session.hpp"', '"core/base/id.hpp"', "<imgui.h>", "<fmt/format.h>")
        self.assertEqual(self.violations(), [])

    def test_an_include_against_the_arrows_is_named_with_its_line(self):
        self.include("core/base/id.hpp", "<cstdint>", '"core/trace/log.hpp"')
        expected = ["core/base/id.hpp:3: core/base includes core/trace/log.hpp, but does not use core/trace."]
        self.assertEqual(self.violations(), expected)

    def test_an_include_beside_the_arrows_is_named(self):
        self.include("app/session/session.hpp", '"app/gl/shader.hpp"')
        expected = ["app/session/session.hpp:2: app/session includes app/gl/shader.hpp, but does not use app/gl."]
        self.assertEqual(self.violations(), expected)

    def test_angle_brackets_and_odd_spaces_hide_nothing(self):
        self.write("core/base/id.hpp", "  #  include <core/loop/loop.hpp>\n")
        self.assertEqual(len(self.violations()), 1)

    def test_what_makes_threads_is_named_wherever_it_is(self):
        self.source("app/gl/shader.cpp", "auto count = std::thread::hardware_concurrency();\nstd::jthread thread;\n")
        self.source("core/base/worker.hpp", "std::jthread thread;\n")
        self.assertEqual(self.violations(), ["app/gl/shader.cpp:2: std::jthread makes a thread, but only core/base/worker.hpp may."])

    def test_what_prints_is_named_wherever_it_is(self):
        self.source("app/gl/shader.cpp", '// fmt::print(stderr) in a comment is none\nvoid f() { fmt::print(stderr, "x"); std::cerr << 1; }\n')
        expected = [f"app/gl/shader.cpp:2: {name} prints, but only app/cli/streams.cpp may." for name in ("fmt::print", "std::cerr")]
        self.assertEqual(self.violations(), expected)

    def test_an_include_in_a_comment_is_no_include(self):
        self.write("core/base/id.hpp", '// #include "core/loop/loop.hpp"\n')
        self.assertEqual(self.violations(), [])

    def test_a_folder_inside_a_layer_belongs_to_it_unless_it_is_a_layer(self):
        self.write("core/CMakeLists.txt", CORE + "loopscope_layer(core/loop/inner USES core/base)\n")
        self.include("core/loop/sync/lock.hpp", '"core/trace/log.hpp"')
        self.include("core/loop/inner/heap.hpp", '"core/trace/log.hpp"')
        expected = ["core/loop/inner/heap.hpp:2: core/loop/inner includes core/trace/log.hpp, but does not use core/trace."]
        self.assertEqual(self.violations(), expected)

    def test_the_programs_own_files_may_include_every_layer(self):
        for file in ("app/main.cpp", "app/arguments.cpp", "app/arguments.hpp"):
            self.include(file, '"app/panels/panel.hpp"', '"core/base/id.hpp"', '"app/arguments.hpp"', "<imgui.h>")
        self.assertEqual(self.violations(), [])

    def test_the_program_leaves_opengl_to_others(self):
        self.include("app/main.cpp", "<glad/gl.h>")
        expected = ["app/main.cpp:2: the program includes glad/gl.h, but OpenGL is known only to app/gl, app/render, app/platform."]
        self.assertEqual(self.violations(), expected)

    def test_imgui_and_opengl_are_seen_only_where_they_belong(self):
        self.include("app/gl/shader.hpp", "<glad/gl.h>")
        self.include("app/panels/panel.hpp", "<EGL/egl.h>", "<GLFW/glfw3.h>")
        self.include("app/session/session.hpp", '"imgui.h"', "<backends/imgui_impl_glfw.h>")
        self.assertEqual(
            [violation.split(" but ")[0] for violation in self.violations()],
            [
                "app/panels/panel.hpp:2: app/panels includes EGL/egl.h,",
                "app/session/session.hpp:2: app/session includes imgui.h,",
                "app/session/session.hpp:3: app/session includes backends/imgui_impl_glfw.h,",
            ],
        )

    def test_libraries_for_files_and_arguments_are_seen_only_in_their_rooms(self):
        layers = "".join(f"loopscope_layer({folder})\n" for folder in ("core/format", "core/exchange", "app/export"))
        self.write("core/CMakeLists.txt", CORE + layers)
        rooms = {
            "<simdjson.h>": "core/exchange",
            "<zlib.h>": "core/exchange",
            "<zstd.h>": "core/format, core/exchange",
            "<zstd_errors.h>": "core/format, core/exchange",
            "<xxhash.h>": "core/format",
            "<png.h>": "app/export",
        }
        for header, room in rooms.items():
            self.include(f"{room.split(', ')[0]}/at_home.hpp", header)
            self.include("core/trace/log.hpp", header)
            found = self.violations()
            self.assertEqual(len(found), 1, found)
            self.assertTrue(found[0].startswith("core/trace/log.hpp:2: core/trace includes " + header.strip("<>")), found[0])
            self.assertTrue(found[0].endswith(f"is known only to {room}."), found[0])

    def test_only_the_program_knows_how_arguments_are_read(self):
        self.include("app/main.cpp", "<CLI/CLI.hpp>")
        self.assertEqual(self.violations(), [])
        self.include("app/panels/panel.hpp", "<CLI/App.hpp>")
        expected = ["app/panels/panel.hpp:2: app/panels includes CLI/App.hpp, but CLI11 is known only to the program."]
        self.assertEqual(self.violations(), expected)

    def test_a_source_has_a_header_of_its_stem(self):
        self.write("core/trace/log.cpp", "int events;\n")
        self.assertEqual(self.violations(), ["core/trace/log.cpp:1: this source has no header of its stem, log.hpp."])
        self.include("core/trace/log.hpp")
        self.assertEqual(self.violations(), [])

    def test_a_source_without_a_header_is_fine_where_a_reason_is_given(self):
        self.write("core/CMakeLists.txt", CORE + "loopscope_layer(core/scenario/programs USES core/loop)\n")
        self.write("core/scenario/programs/indication.cpp", "int symbols;\n")
        self.write("app/main.cpp", "int main() {}\n")
        self.assertEqual(self.violations(), [])

    def test_the_library_uses_nothing_of_the_program(self):
        self.write("core/CMakeLists.txt", CORE + "loopscope_layer(core/format\n    USES app/gl)\n")
        expected = ["core/CMakeLists.txt:8: core/format uses app/gl, but the library knows nothing of the program."]
        self.assertEqual(self.violations(), expected)

    def test_a_circle_of_arrows_is_named_at_each_of_its_layers(self):
        self.write("core/CMakeLists.txt", CORE.replace("loopscope_layer(core/base", "loopscope_layer(core/base USES core/loop"))
        self.assertEqual(
            self.violations(),
            [
                "core/CMakeLists.txt:2: core/base uses core/loop, which leads back to core/base: the arrows form a circle.",
                "core/CMakeLists.txt:3: core/trace uses core/base, which leads back to core/trace: the arrows form a circle.",
                "core/CMakeLists.txt:7: core/loop uses core/trace, which leads back to core/loop: the arrows form a circle.",
            ],
        )

    def test_an_arrow_to_a_layer_that_is_not_there_is_named(self):
        self.write("app/CMakeLists.txt", "loopscope_layer(app/render USES app/timeline)\n")
        self.assertEqual(self.violations(), ["app/CMakeLists.txt:1: app/render uses app/timeline, which is no layer."])

    def test_a_layer_is_declared_once(self):
        self.write("app/CMakeLists.txt", "loopscope_layer(app/gl)\nloopscope_layer(app/gl USES core/base)\n")
        self.assertEqual(self.violations(), ["app/CMakeLists.txt:2: the layer app/gl is there twice."])

    def test_a_file_outside_all_layers_is_named(self):
        self.include("app/stray.cpp")
        self.assertEqual(self.violations(), ["app/stray.cpp:1: this file belongs to no layer and to no executable."])

    def test_includes_are_written_from_the_root(self):
        self.include("core/trace/event.hpp")
        self.include("core/trace/log.hpp", '"event.hpp"')
        self.assertEqual(self.violations(), ['core/trace/log.hpp:2: "event.hpp" is not written from the root.'])

    def test_the_exit_status_says_whether_all_is_well(self):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            self.assertEqual(check_layers.main([self.root]), 0)
            self.include("core/base/id.hpp", '"core/loop/loop.hpp"')
            self.assertEqual(check_layers.main([self.root]), 1)
        self.assertEqual(len(said.getvalue().splitlines()), 1)


if __name__ == "__main__":
    unittest.main()
