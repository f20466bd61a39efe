# SPDX-License-Identifier: MIT
# The target loopscope_glad: <glad/gl.h>, the functions of OpenGL 3.3 core, written at build time by glad 2 (without the network).

# Sets RESULT to whether a Python has glad 2; glad 1 has the same name and other arguments.
function(loopscope_has_glad result python)
    execute_process(
        COMMAND "${python}" -c "import glad; assert glad.__version__.startswith('2.')"
        RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
    if(NOT status EQUAL 0)
        set(${result} FALSE PARENT_SCOPE)
    endif()
endfunction()

# Debian's module belongs to /usr/bin/python3, which need not be the first python3.
find_program(LOOPSCOPE_GLAD_PYTHON NAMES python3 python PATHS /usr/bin VALIDATOR loopscope_has_glad
             DOC "A Python that can import glad 2")
if(NOT LOOPSCOPE_GLAD_PYTHON)
    message(FATAL_ERROR "No python3 here can import glad 2, which writes the OpenGL loader: install Debian's package python3-glad "
                        "(elsewhere: pip install 'glad2>=2'), or set LOOPSCOPE_GLAD_PYTHON to a Python that has it.")
endif()

set(glad_folder "${CMAKE_CURRENT_BINARY_DIR}/glad")
add_custom_command(
    OUTPUT "${glad_folder}/src/gl.c" "${glad_folder}/include/glad/gl.h" "${glad_folder}/include/KHR/khrplatform.h"
    COMMAND "${LOOPSCOPE_GLAD_PYTHON}" -m glad --quiet --reproducible --api gl:core=3.3 --extensions "" --out-path "${glad_folder}" c
    COMMENT "Writing the OpenGL loader"
    VERBATIM)
add_library(loopscope_glad STATIC "${glad_folder}/src/gl.c" "${glad_folder}/include/glad/gl.h")
target_include_directories(loopscope_glad SYSTEM PUBLIC "${glad_folder}/include")
