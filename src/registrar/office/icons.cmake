# The icons that kiosks of this release have, by name: a service may name no other.
file(GLOB icon_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/icons/*.svg)
set(icon_names "")
foreach(icon_file IN LISTS icon_files)
  get_filename_component(icon_name ${icon_file} NAME_WE)
  if(NOT icon_name MATCHES "^picture-")
    string(APPEND icon_names " \\\n    \"${icon_name}\",")
  endif()
endforeach()
file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/generated/registrar/office/icons.h CONTENT
"/* Made of assets/icons by icons.cmake. */
#ifndef REGISTRAR_OFFICE_ICONS_H
#define REGISTRAR_OFFICE_ICONS_H

#define ICON_NAMES${icon_names}

#endif
")
