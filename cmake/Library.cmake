# SPDX-License-Identifier: MIT
# The library for other projects, inside one by add_subdirectory, or installed by find_package(loopscope). Nothing of it needs OpenGL, GLFW
# or a font. Headers are included as <loopscope/core/task/task.hpp>; docs/library.md begins with a program of 30 lines.
#
#   loopscope::core       the loop, tasks and variables, and the trace that they write
#   loopscope::explain    what a trace means: WHY, and views of the loop, the storages and tracks
#   loopscope::format     .loopscope files
#   loopscope::exchange   other tools' formats, read and written
#   loopscope::explore    programs under many schedules
#   loopscope::recorder   headers alone: what has a program of C++ recorded (docs/cpp.md)

set(library base trace context loop task explain format exchange scenario explore)

target_include_directories(
    loopscope_core_base PUBLIC $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/loopscope>)
if(NOT PROJECT_IS_TOP_LEVEL)
    # A folder in which ours has the name loopscope, as it has where it is installed.
    file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/include")
    file(CREATE_LINK "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/include/loopscope" SYMBOLIC)
    target_include_directories(loopscope_core_base PUBLIC $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>)
endif()

foreach(layer IN LISTS library)
    set_target_properties(loopscope_core_${layer} PROPERTIES EXPORT_NAME ${layer})
    add_library(loopscope::${layer} ALIAS loopscope_core_${layer})
    list(APPEND targets loopscope_core_${layer})
endforeach()
add_library(loopscope_core INTERFACE)
target_link_libraries(loopscope_core INTERFACE loopscope_core_task)
set_target_properties(loopscope_core PROPERTIES EXPORT_NAME core)
add_library(loopscope::core ALIAS loopscope_core)

# The recorder's headers, which need nothing, are included as <loopscope/track.hpp>.
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/recorder_headers")
file(CREATE_LINK "${PROJECT_SOURCE_DIR}/recorder" "${PROJECT_BINARY_DIR}/recorder_headers/loopscope" SYMBOLIC)
add_library(loopscope_recorder_headers INTERFACE)
target_include_directories(
    loopscope_recorder_headers SYSTEM INTERFACE $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/recorder_headers> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
set_target_properties(loopscope_recorder_headers PROPERTIES EXPORT_NAME recorder)
add_library(loopscope::recorder ALIAS loopscope_recorder_headers)
file(GLOB recorder_headers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/recorder/*.h" "${PROJECT_SOURCE_DIR}/recorder/*.hpp")
install(FILES ${recorder_headers} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/loopscope" COMPONENT library EXCLUDE_FROM_ALL)

# Not a part of the program's package: `cmake --install BUILD --component library`.
set(folder "${CMAKE_INSTALL_LIBDIR}/cmake/loopscope")
install(TARGETS ${targets} loopscope_core loopscope_recorder_headers EXPORT loopscope_targets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT library EXCLUDE_FROM_ALL)
install(EXPORT loopscope_targets NAMESPACE loopscope:: FILE loopscopeTargets.cmake DESTINATION "${folder}" COMPONENT library EXCLUDE_FROM_ALL)
foreach(layer IN LISTS library)
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/core/${layer}" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/loopscope/core" COMPONENT library EXCLUDE_FROM_ALL
            FILES_MATCHING PATTERN "*.hpp" PATTERN "*.def" PATTERN programs EXCLUDE)
endforeach()
include(CMakePackageConfigHelpers)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/loopscopeConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_SOURCE_DIR}/cmake/loopscopeConfig.cmake" "${PROJECT_BINARY_DIR}/loopscopeConfigVersion.cmake"
        DESTINATION "${folder}" COMPONENT library EXCLUDE_FROM_ALL)
