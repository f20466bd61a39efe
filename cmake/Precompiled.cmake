# SPDX-License-Identifier: MIT
# Headers that nearly every source includes, parsed once for all of them: a third of the time that a build takes. Sources still include
# what they use; the build for clang-tidy has no precompiled headers and would not compile if they did not.

# GCC 12 forgets that what was precompiled is the system's, and warns of libstdc++ itself where it optimises much.
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON)
endif()

# loopscope_precompiled(NAME LIBRARIES LIBRARY… HEADERS HEADER…): an object that other targets take their headers from, with REUSE_FROM.
function(loopscope_precompiled name)
    cmake_parse_arguments(PARSE_ARGV 1 precompiled "" "" "LIBRARIES;HEADERS")
    set(source "${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp")
    file(CONFIGURE OUTPUT "${source}" CONTENT "// Nothing but the headers.\n")
    add_library(${name} OBJECT "${source}")
    target_link_libraries(${name} PRIVATE loopscope_warnings ${precompiled_LIBRARIES})
    target_precompile_headers(${name} PRIVATE ${precompiled_HEADERS})
endfunction()
