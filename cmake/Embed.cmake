# SPDX-License-Identifier: MIT
# loopscope_embed(TARGET NAMESPACE FILE…): compiles files into the target as loopscope::NAMESPACE::file("name") (cmake/embed.py).
# A file's name is the last part of its path.

find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(loopscope_embed target namespace)
    set(source "${CMAKE_CURRENT_BINARY_DIR}/${target}_${namespace}.cpp")
    set(script "${PROJECT_SOURCE_DIR}/cmake/embed.py")
    add_custom_command(
        OUTPUT "${source}"
        COMMAND Python3::Interpreter "${script}" "${namespace}" "${source}" ${ARGN}
        DEPENDS "${script}" ${ARGN}
        VERBATIM)
    target_sources(${target} PRIVATE "${source}")
endfunction()
