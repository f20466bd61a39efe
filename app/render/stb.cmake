# SPDX-License-Identifier: MIT
# The target loopscope_stb: <stb/stb_truetype.h> and its implementation, which Debian compiles into a library.

find_path(LOOPSCOPE_STB_INCLUDE stb/stb_truetype.h DOC "The folder that has stb/stb_truetype.h")
find_library(LOOPSCOPE_STB_LIBRARY NAMES libstb.a stb DOC "The library of stb's implementations")
if(NOT LOOPSCOPE_STB_INCLUDE OR NOT LOOPSCOPE_STB_LIBRARY)
    message(FATAL_ERROR "stb_truetype, which draws the letters, is not here: install Debian's package libstb-dev, or set "
                        "LOOPSCOPE_STB_INCLUDE and LOOPSCOPE_STB_LIBRARY.")
endif()
add_library(loopscope_stb INTERFACE)
target_include_directories(loopscope_stb SYSTEM INTERFACE "${LOOPSCOPE_STB_INCLUDE}")
target_link_libraries(loopscope_stb INTERFACE "${LOOPSCOPE_STB_LIBRARY}" m)
