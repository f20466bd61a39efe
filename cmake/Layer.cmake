# A layer is one folder, one static library, one namespace. It may include only the layers it names after USES: another layer's
# symbols do not link, and scripts/check_layers.py rejects the include itself.
#
#   loopscope_layer(core/trace SOURCES log.cpp … USES core/base LIBRARIES fmt::fmt)

function(loopscope_layer folder)
    cmake_parse_arguments(PARSE_ARGV 1 layer "" "" "SOURCES;USES;LIBRARIES")
    string(REPLACE "/" "_" target "loopscope_${folder}")
    list(TRANSFORM layer_SOURCES PREPEND "${CMAKE_SOURCE_DIR}/${folder}/")
    list(TRANSFORM layer_USES REPLACE "/" "_")
    list(TRANSFORM layer_USES PREPEND "loopscope_")
    if(layer_SOURCES)
        add_library(${target} STATIC ${layer_SOURCES})
        set(scope PUBLIC)
        target_link_libraries(${target} PRIVATE loopscope_warnings)
        target_precompile_headers(${target} REUSE_FROM loopscope_common)
    else()
        add_library(${target} INTERFACE)
        set(scope INTERFACE)
    endif()
    target_include_directories(${target} ${scope} "${CMAKE_SOURCE_DIR}")
    target_compile_features(${target} ${scope} cxx_std_20)
    target_link_libraries(${target} ${scope} ${layer_USES} ${layer_LIBRARIES})
endfunction()
