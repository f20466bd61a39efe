# SPDX-License-Identifier: MIT
# A layer is one folder, one static library, one namespace. It may include only the layers it names after USES: another layer's
# symbols do not link, and scripts/check_layers.py rejects the include itself.
#
#   loopscope_layer(core/trace SOURCES log.cpp … USES core/base LIBRARIES fmt::fmt)
#
# With LOOPSCOPE_UNITY, several files of a layer are one source to the compiler, so names are unique within a layer, those in unnamed
# namespaces too. APART: the files of this layer use each other's names, and are compiled one by one all the same.

function(loopscope_layer folder)
    cmake_parse_arguments(PARSE_ARGV 1 layer "APART" "" "SOURCES;USES;LIBRARIES")
    string(REPLACE "/" "_" target "loopscope_${folder}")
    list(TRANSFORM layer_SOURCES PREPEND "${PROJECT_SOURCE_DIR}/${folder}/")
    list(TRANSFORM layer_USES REPLACE "/" "_")
    list(TRANSFORM layer_USES PREPEND "loopscope_")
    if(layer_SOURCES)
        add_library(${target} STATIC ${layer_SOURCES})
        set(scope PUBLIC)
        target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:loopscope_warnings>)
        target_precompile_headers(${target} REUSE_FROM loopscope_common)
        if(LOOPSCOPE_UNITY AND NOT layer_APART)
            set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
        endif()
    else()
        add_library(${target} INTERFACE)
        set(scope INTERFACE)
    endif()
    target_include_directories(${target} ${scope} $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
    target_compile_features(${target} ${scope} cxx_std_20)
    target_link_libraries(${target} ${scope} ${layer_USES} ${layer_LIBRARIES})
    if(LOOPSCOPE_HEADERS AND NOT LOOPSCOPE_UNITY)
        loopscope_headers(${target} "${folder}")
    endif()
endfunction()

# loopscope_headers(TARGET FOLDER): compiles headers of a layer by themselves, without precompiled headers, so that whoever includes one
# needs nothing else. Those that no source of their stem includes first are a part of the build; the target `headers` has all of them.
# What has not changed since is not compiled again. Not in a build of joined sources, which is there to be quick (.ci/run).
add_custom_target(headers)
function(loopscope_headers target folder)
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/${folder}/*.hpp")
    foreach(header IN LISTS headers)
        set(source "${PROJECT_BINARY_DIR}/headers/${header}.cpp")
        file(CONFIGURE OUTPUT "${source}" CONTENT "#include \"${header}\"\n")
        string(REGEX REPLACE "hpp$" "cpp" first "${PROJECT_SOURCE_DIR}/${header}")
        if(EXISTS "${first}")
            list(APPEND with_source "${source}")
        else()
            list(APPEND alone "${source}")
        endif()
    endforeach()
    foreach(kind IN ITEMS alone with_source)
        if(${kind})
            add_library(${target}_headers_${kind} OBJECT ${${kind}})
            target_link_libraries(${target}_headers_${kind} PRIVATE ${target} loopscope_warnings)
            target_compile_options(${target}_headers_${kind} PRIVATE -O0 -g0)
            set_target_properties(${target}_headers_${kind} PROPERTIES UNITY_BUILD OFF)
            add_dependencies(headers ${target}_headers_${kind})
        endif()
    endforeach()
    if(with_source)
        set_target_properties(${target}_headers_with_source PROPERTIES EXCLUDE_FROM_ALL ON)
    endif()
endfunction()
