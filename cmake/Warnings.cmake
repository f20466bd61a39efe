# SPDX-License-Identifier: MIT
# The flags that every one of our targets is compiled with. Warnings are errors.

add_library(loopscope_warnings INTERFACE)
target_compile_options(
    loopscope_warnings
    INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
              -Woverloaded-virtual -Wimplicit-fallthrough -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 warns of overlapping copies in libstdc++'s own string operator+, at -O3 (GCC bug 105651).
    target_compile_options(loopscope_warnings INTERFACE -Wno-restrict)
endif()
if(EMSCRIPTEN)
    # Sizes have 32 bits there, and differences too. What would be too large for them is no number of a trace that fits into memory; what
    # else is converted without a word the native builds find. A call of JavaScript has a `$`.
    target_compile_options(loopscope_warnings INTERFACE -Wno-shorten-64-to-32 -Wno-sign-conversion -Wno-dollar-in-identifier-extension
                                                        -Wno-gnu-zero-variadic-macro-arguments)
endif()
if(LOOPSCOPE_UNITY)
    # In one source with others, a file's names hide those of its neighbours. Who compiles file by file looks for both: the dev build and clang-tidy.
    target_compile_options(loopscope_warnings INTERFACE -Wno-shadow)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(loopscope_warnings INTERFACE -Wno-subobject-linkage)
    endif()
endif()

# Each function at the beginning of a cache line, so that how fast it is does not hang on what stands before it: a hand-over varied by 4 %.
if(NOT EMSCRIPTEN)
    add_compile_options($<$<CONFIG:Release>:-falign-functions=64>)
endif()

if(LOOPSCOPE_SANITIZE)
    add_compile_options(-fsanitize=${LOOPSCOPE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    if(LOOPSCOPE_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
        # It knows no fences. The one that there is (core/intake/spool_file.cpp) stands between reads of a file that another process writes,
        # of which it sees nothing either.
        add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-tsan>)
    endif()
    add_link_options(-fsanitize=${LOOPSCOPE_SANITIZE})
    if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
        # It puts data before each function, and clang 14 cannot assemble that for what it splits a coroutine into.
        add_compile_options(-fno-sanitize=function)
    endif()
endif()
