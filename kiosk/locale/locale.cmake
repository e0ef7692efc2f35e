# LANG.po -> build/locale/LANG.mo, with msgfmt's own checks
find_program(MSGFMT msgfmt REQUIRED)
file(GLOB catalogues CONFIGURE_DEPENDS ${REGISTRAR_LOCALE}/*.po)
set(compiled)
foreach(catalogue IN LISTS catalogues)
  get_filename_component(language ${catalogue} NAME_WE)
  set(mo ${CMAKE_BINARY_DIR}/locale/${language}.mo)
  add_custom_command(OUTPUT ${mo}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/locale
    COMMAND ${MSGFMT} --check -o ${mo} ${catalogue}
    DEPENDS ${catalogue} VERBATIM)
  list(APPEND compiled ${mo})
endforeach()
add_custom_target(locale ALL DEPENDS ${compiled})
