# SPDX-License-Identifier: MIT
# Dear ImGui, with its GLFW and OpenGL 3 backends: Debian's static library, which pkg-config knows. Its order at the link matters:
# what it needs comes after it.

find_package(PkgConfig REQUIRED)
pkg_check_modules(IMGUI REQUIRED IMPORTED_TARGET imgui)
add_library(loopscope_imgui INTERFACE)
target_link_libraries(loopscope_imgui INTERFACE PkgConfig::IMGUI glfw $<$<NOT:$<BOOL:${LOOPSCOPE_STATIC}>>:OpenGL::GL> ${egl} ${CMAKE_DL_LIBS})
target_include_directories(loopscope_imgui SYSTEM INTERFACE ${IMGUI_INCLUDE_DIRS})
