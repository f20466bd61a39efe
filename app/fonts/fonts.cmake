# SPDX-License-Identifier: MIT
# The target loopscope_fonts: the fonts that app/fonts/file.hpp names, compiled in. A library of its own, as loopscope_shaders is.

add_library(loopscope_fonts STATIC)

# Adds the path of a font to the variable `fonts`, or says which package has it.
function(loopscope_find_font file package)
    string(MAKE_C_IDENTIFIER "LOOPSCOPE_FONT_${file}" variable)
    find_file(${variable} "${file}"
              HINTS /usr/share/fonts /usr/local/share/fonts "$ENV{HOME}/.local/share/fonts"
              PATH_SUFFIXES truetype/jetbrains-mono opentype/inter jetbrains-mono inter
              NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH
              DOC "The font ${file}")
    if(NOT ${variable})
        message(FATAL_ERROR "The font ${file} is not here: install Debian's package ${package}, or set ${variable} to its path.")
    endif()
    list(APPEND fonts "${${variable}}")
    set(fonts "${fonts}" PARENT_SCOPE)
endfunction()

set(fonts)
loopscope_find_font(JetBrainsMono-Regular.ttf fonts-jetbrains-mono)
loopscope_find_font(JetBrainsMono-Bold.ttf fonts-jetbrains-mono)
loopscope_find_font(Inter-Regular.otf fonts-inter)
loopscope_find_font(Inter-SemiBold.otf fonts-inter)
loopscope_embed(loopscope_fonts fonts ${fonts})
