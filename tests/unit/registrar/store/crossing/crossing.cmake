# A call of every function in the store's headers, for crossing_test.c: a new function that nobody says how to try fails the build.
set(crossing_folder ${CMAKE_SOURCE_DIR}/tests/unit/registrar/store/crossing)
set(crossing_calls ${CMAKE_BINARY_DIR}/generated-tests/calls.inc)
file(GLOB store_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/registrar/store/*.h)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/generated-tests)
add_custom_command(OUTPUT ${crossing_calls}
  COMMAND ${crossing_folder}/make-calls ${CMAKE_SOURCE_DIR}/src/registrar/store > ${crossing_calls}.new
  COMMAND ${CMAKE_COMMAND} -E copy ${crossing_calls}.new ${crossing_calls}
  DEPENDS ${crossing_folder}/make-calls ${store_headers} VERBATIM)
target_sources(unit_registrar_store_crossing_test PRIVATE ${crossing_calls})
target_include_directories(unit_registrar_store_crossing_test PRIVATE ${CMAKE_BINARY_DIR}/generated-tests
  ${CMAKE_SOURCE_DIR}/tests/unit/registrar/store)
