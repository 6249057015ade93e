# What is installed where, and the packages made of it: DEB, RPM and TGZ by `cpack` in a release build.

include(GNUInstallDirs)
set(TIMBRE_LINUX ${CMAKE_SOURCE_DIR}/installers/linux)
find_program(TIMBRE_GZIP gzip REQUIRED)

# The same input gives the same bytes (-n leaves name and time out).
function(timbre_compressed source name)
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/packaging/${name}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/packaging
    COMMAND sh -c "'${TIMBRE_GZIP}' -9n <'${source}' >'${CMAKE_BINARY_DIR}/packaging/${name}'"
    DEPENDS ${source} VERBATIM)
  set_property(GLOBAL APPEND PROPERTY TIMBRE_COMPRESSED ${CMAKE_BINARY_DIR}/packaging/${name})
endfunction()

foreach(page timbre timbre-capture timbre-cli)
  timbre_compressed(${TIMBRE_LINUX}/${page}.1 ${page}.1.gz)
  install(FILES ${CMAKE_BINARY_DIR}/packaging/${page}.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT common)
endforeach()
timbre_compressed(${CMAKE_SOURCE_DIR}/CHANGELOG.md changelog.gz)
timbre_compressed(${CMAKE_SOURCE_DIR}/installers/debian/changelog changelog.Debian.gz)
get_property(compressed GLOBAL PROPERTY TIMBRE_COMPRESSED)
add_custom_target(timbre_packaging ALL DEPENDS ${compressed})

install(TARGETS timbre-cli RUNTIME COMPONENT cli)
install(FILES ${TIMBRE_LINUX}/timbre-cli.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
  RENAME timbre-cli COMPONENT cli)
if(TARGET timbre-capture)
  install(TARGETS timbre-capture RUNTIME COMPONENT capture)
endif()
if(TIMBRE_BUILD_UI)
  install(TARGETS timbre RUNTIME COMPONENT workbench)
  install(FILES ${TIMBRE_LINUX}/timbre.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT workbench)
  install(FILES ${TIMBRE_LINUX}/timbre.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT workbench)
  install(FILES ${TIMBRE_LINUX}/timbre-mime.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages
    RENAME timbre.xml COMPONENT workbench)
  install(FILES ${TIMBRE_LINUX}/timbre.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps
    COMPONENT workbench)
endif()
install(FILES ${CMAKE_SOURCE_DIR}/installers/debian/copyright ${CMAKE_BINARY_DIR}/packaging/changelog.gz
  ${CMAKE_BINARY_DIR}/packaging/changelog.Debian.gz
  DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/timbre COMPONENT common)

set(CPACK_PACKAGE_NAME timbre)
set(CPACK_PACKAGE_VENDOR "Timbre")
set(TIMBRE_MAINTAINER "The Timbre authors <timbre@noreply.invalid>" CACHE STRING "Who answers for the packages")
set(CPACK_PACKAGE_CONTACT "${TIMBRE_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "workbench for network traffic analysts")
set(CPACK_PACKAGE_DESCRIPTION "Opens captures, saved or live, follows every flow and leads from a flow to
its packets and bytes. Records how a service's traffic behaves, without
payload, compares other traffic with it, judges voice streams, and shows
what is changing over time.")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_FILE_NAME "timbre-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libcap2-bin, adduser")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "netbase, qt6-qpa-plugins, qt6-translations-l10n, fonts-dejavu-core")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${CMAKE_SOURCE_DIR}/installers/debian/postinst ${CMAKE_SOURCE_DIR}/installers/debian/postrm)

set(CPACK_RPM_PACKAGE_LICENSE GPL-3.0-or-later)
set(CPACK_RPM_PACKAGE_GROUP Applications/Internet)
set(CPACK_RPM_POST_INSTALL_SCRIPT_FILE ${CMAKE_SOURCE_DIR}/installers/rpm/post)
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
  /usr/share/applications /usr/share/metainfo /usr/share/mime /usr/share/mime/packages /usr/share/icons
  /usr/share/icons/hicolor /usr/share/icons/hicolor/scalable /usr/share/icons/hicolor/scalable/apps
  /usr/share/bash-completion /usr/share/bash-completion/completions /usr/share/man /usr/share/man/man1)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_SOURCE_DIR}/installers/cpack-options.cmake)
include(CPack)
