# SPDX-License-Identifier: MIT
# What the browser build links, by the names that find_package gives it elsewhere. Emscripten has none of it: headers alone are those of
# this machine, the rest is compiled of Debian's sources, which scripts/web.py has put into build/web-parts.

set(parts "${PROJECT_SOURCE_DIR}/build/web-parts")

# web_source(VARIABLE NAME): the folder of a source package.
function(web_source variable name)
    file(GLOB found LIST_DIRECTORIES true "${parts}/${name}-[0-9]*")
    list(FILTER found EXCLUDE REGEX "\\.(dsc|xz|bz2|gz|asc)$")
    if(NOT found)
        message(FATAL_ERROR "The sources of ${name} are not in build/web-parts: run ./dev web.")
    endif()
    set(${variable} "${found}" PARENT_SCOPE)
endfunction()

# web_library(NAME FOLDER SOURCE…): a library of others' sources, which do not answer to our warnings.
function(web_library name folder)
    list(TRANSFORM ARGN PREPEND "${folder}/")
    add_library(${name} STATIC ${ARGN})
    target_compile_options(${name} PRIVATE -w)
endfunction()

# A folder that has some of this machine's headers and no others, which are not emscripten's.
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/headers")
foreach(header fmt/format.h tl/expected.hpp stb/stb_truetype.h xxhash.h xxh3.h)
    cmake_path(GET header STEM name)
    find_path(LOOPSCOPE_WEB_${name} ${header} PATHS /usr/include /usr/local/include NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
    string(REGEX MATCH "^[^/]+" first "${header}")
    file(CREATE_LINK "${LOOPSCOPE_WEB_${name}}/${first}" "${PROJECT_BINARY_DIR}/headers/${first}" SYMBOLIC)
endforeach()

function(web_headers name)
    add_library(${name} INTERFACE IMPORTED GLOBAL)
    target_include_directories(${name} INTERFACE "${PROJECT_BINARY_DIR}/headers")
    if(ARGN)
        target_compile_definitions(${name} INTERFACE ${ARGN})
    endif()
endfunction()
web_headers(fmt::fmt FMT_HEADER_ONLY)
web_headers(tl::expected)
web_headers(PkgConfig::xxhash XXH_INLINE_ALL)

web_source(zstd libzstd)
file(GLOB sources RELATIVE "${zstd}" "${zstd}/lib/common/*.c" "${zstd}/lib/compress/*.c" "${zstd}/lib/decompress/*.c")
web_library(web_zstd "${zstd}" ${sources})
target_compile_definitions(web_zstd PRIVATE ZSTD_DISABLE_ASM XXH_NAMESPACE=ZSTD_)
target_include_directories(web_zstd SYSTEM PUBLIC "${zstd}/lib")
add_library(zstd::libzstd_static ALIAS web_zstd)

web_source(zlib zlib)
web_library(web_zlib "${zlib}" adler32.c compress.c crc32.c deflate.c infback.c inffast.c inflate.c inftrees.c trees.c uncompr.c zutil.c)
target_include_directories(web_zlib SYSTEM PUBLIC "${zlib}")
add_library(ZLIB::ZLIB ALIAS web_zlib)

web_source(png libpng1.6)
web_library(web_png "${png}" png.c pngerror.c pngget.c pngmem.c pngpread.c pngread.c pngrio.c pngrtran.c pngrutil.c pngset.c pngtrans.c pngwio.c pngwrite.c pngwtran.c pngwutil.c)
configure_file("${png}/scripts/pnglibconf.h.prebuilt" "${PROJECT_BINARY_DIR}/png/pnglibconf.h" COPYONLY)
target_include_directories(web_png SYSTEM PUBLIC "${png}" "${PROJECT_BINARY_DIR}/png")
target_link_libraries(web_png PUBLIC web_zlib)
add_library(PNG::PNG ALIAS web_png)

web_source(simdjson simdjson)
web_library(web_simdjson "${simdjson}/singleheader" simdjson.cpp)
target_include_directories(web_simdjson SYSTEM PUBLIC "${simdjson}/singleheader")
add_library(simdjson::simdjson ALIAS web_simdjson)

web_source(imgui imgui)
web_library(loopscope_imgui "${imgui}" imgui.cpp imgui_draw.cpp imgui_tables.cpp imgui_widgets.cpp backends/imgui_impl_opengl3.cpp)
target_compile_definitions(loopscope_imgui PRIVATE IMGUI_IMPL_OPENGL_ES3)
target_include_directories(loopscope_imgui SYSTEM PUBLIC "${imgui}" "${imgui}/backends")

file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/stb.c" CONTENT "#define STB_TRUETYPE_IMPLEMENTATION\n#include <stb/stb_truetype.h>\n")
add_library(loopscope_stb STATIC "${PROJECT_BINARY_DIR}/stb.c")
target_include_directories(loopscope_stb SYSTEM PUBLIC "${PROJECT_BINARY_DIR}/headers")
target_compile_options(loopscope_stb PRIVATE -w)

# Emscripten has the headers of OpenGL ES, and GLFW's, of which the names of keys are used.
foreach(name glfw loopscope_glad)
    add_library(${name} INTERFACE)
endforeach()
