# SPDX-License-Identifier: MIT
# What is installed, and the packages that are made of it: `cmake --install`, and with LOOPSCOPE_PACKAGE CPack's DEB and TGZ. The manual
# page and the completions are written from what the program says of itself.

include(GNUInstallDirs)
install(TARGETS loopscope RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(FILES "${PROJECT_SOURCE_DIR}/assets/loopscope.desktop" DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
install(FILES "${PROJECT_SOURCE_DIR}/assets/icon.svg" DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps" RENAME loopscope.svg)
# The page without contents, which exports to HTML fill: `./dev web` makes it, and a package has it.
install(FILES "${PROJECT_SOURCE_DIR}/build/web/loopscope.html" DESTINATION "${CMAKE_INSTALL_DATADIR}/loopscope" OPTIONAL)
install(FILES ${recorder_headers} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/loopscope")  # of cmake/Library.cmake
if(NOT LOOPSCOPE_PACKAGE)
    return()
endif()

find_package(Python3 REQUIRED COMPONENTS Interpreter)

set(LOOPSCOPE_DATE "" CACHE STRING "The date on the manual page and in the metadata, YYYY-MM-DD; the last commit's, if none is said")
if(NOT LOOPSCOPE_DATE)
    execute_process(COMMAND git -C "${PROJECT_SOURCE_DIR}" log -1 --format=%cs
                    OUTPUT_VARIABLE LOOPSCOPE_DATE OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT LOOPSCOPE_DATE)
    set(LOOPSCOPE_DATE 1970-01-01)
endif()

set(LOOPSCOPE_CONTACT "maintainers@loopscope.example" CACHE STRING "The address of whoever answers for the packages")

set(packaging "${PROJECT_SOURCE_DIR}/packaging")
set(made "${PROJECT_BINARY_DIR}/packaging")
configure_file("${packaging}/metainfo.xml.in" "${made}/org.loopscope.Loopscope.metainfo.xml" @ONLY)

# Runs a script of packaging/ and keeps what it prints.
function(loopscope_made file script)
    add_custom_command(
        OUTPUT "${made}/${file}"
        COMMAND "${CMAKE_COMMAND}" -E env PYTHONDONTWRITEBYTECODE=1 "${Python3_EXECUTABLE}" "${packaging}/${script}" ${ARGN} > "${made}/${file}.part"
        COMMAND "${CMAKE_COMMAND}" -E rename "${made}/${file}.part" "${made}/${file}"
        DEPENDS "${packaging}/${script}" "${packaging}/help_model.py" loopscope
        COMMENT "Writing ${file}"
        VERBATIM)
    set_property(TARGET loopscope_papers APPEND PROPERTY papers "${made}/${file}")
endfunction()

add_custom_target(loopscope_papers ALL DEPENDS "$<TARGET_PROPERTY:loopscope_papers,papers>")
loopscope_made(loopscope.1 man_page.py $<TARGET_FILE:loopscope> ${PROJECT_VERSION} ${LOOPSCOPE_DATE})
foreach(shell bash zsh fish)
    loopscope_made(loopscope.${shell} completions.py $<TARGET_FILE:loopscope> ${shell})
endforeach()
loopscope_made(third-party.txt parts.py notices ${PROJECT_VERSION} ${LOOPSCOPE_DATE})
loopscope_made(loopscope.spdx.json parts.py sbom ${PROJECT_VERSION} ${LOOPSCOPE_DATE})
loopscope_made(changelog parts.py changelog ${PROJECT_VERSION} ${LOOPSCOPE_DATE} ${LOOPSCOPE_CONTACT})
foreach(paper loopscope.1 changelog)  # Debian wants both compressed, and no time in them
    add_custom_command(OUTPUT "${made}/${paper}.gz" COMMAND sh -c "gzip -9nc '${made}/${paper}' > '${made}/${paper}.gz'" DEPENDS "${made}/${paper}" VERBATIM)
    set_property(TARGET loopscope_papers APPEND PROPERTY papers "${made}/${paper}.gz")
endforeach()

install(FILES "${packaging}/loopscope.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/mime/packages")
install(FILES "${made}/org.loopscope.Loopscope.metainfo.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo")
install(FILES "${made}/loopscope.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES "${made}/loopscope.bash" DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME loopscope)
install(FILES "${made}/loopscope.zsh" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions" RENAME _loopscope)
install(FILES "${made}/loopscope.fish" DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
install(FILES "${packaging}/copyright" "${made}/third-party.txt" "${made}/loopscope.spdx.json" "${PROJECT_SOURCE_DIR}/README.md"
        "${PROJECT_SOURCE_DIR}/CHANGELOG.md"
        DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES "${made}/changelog.gz" DESTINATION "${CMAKE_INSTALL_DOCDIR}")

set(CPACK_PACKAGE_NAME loopscope)
set(CPACK_PACKAGE_VENDOR "the Loopscope authors")
set(CPACK_PACKAGE_CONTACT "Loopscope maintainers <${LOOPSCOPE_CONTACT}>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "see how an event loop interleaves coroutines")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "A lane for each task, what it prints, and from which place it reads its
variables. One steps the loop handle by handle, goes back, selects a global
or a context for each task while it runs, and asks why a task read what it
read. It records Python programs that use asyncio, and opens traces of other
tools.")
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_BINARY_DIR}/packages")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# GLFW opens these itself when there is a window.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libgl1, libxcursor1, libxi6, libxinerama1, libxrandr2")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libgl1-mesa-dri, libegl-mesa0, libglx-mesa0, python3")
include(CPack)
