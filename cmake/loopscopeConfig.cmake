# SPDX-License-Identifier: MIT
# Found by find_package(loopscope): the targets of cmake/Library.cmake, and what they need.

include(CMakeFindDependencyMacro)
find_dependency(fmt)
find_dependency(tl-expected)
find_dependency(zstd)
find_dependency(ZLIB)
find_dependency(simdjson)
find_dependency(PkgConfig)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)
include("${CMAKE_CURRENT_LIST_DIR}/loopscopeTargets.cmake")
