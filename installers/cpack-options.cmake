# Read by cpack once per kind of package. An archive is unpacked anywhere: no /usr in it.
if(CPACK_GENERATOR STREQUAL "TGZ")
  set(CPACK_PACKAGING_INSTALL_PREFIX "/")
endif()
