# The faces of fonts.txt -> build/fonts, flat, where the kiosk finds them without being installed
set(fonts_folder ${CMAKE_BINARY_DIR}/fonts)
add_custom_command(OUTPUT ${fonts_folder}/collected
  COMMAND ${CMAKE_SOURCE_DIR}/fonts/collect ${fonts_folder}
  COMMAND ${CMAKE_COMMAND} -E touch ${fonts_folder}/collected
  DEPENDS ${CMAKE_SOURCE_DIR}/fonts/fonts.txt ${CMAKE_SOURCE_DIR}/fonts/collect
  COMMENT "Collecting fonts" VERBATIM)
add_custom_target(fonts ALL DEPENDS ${fonts_folder}/collected)
