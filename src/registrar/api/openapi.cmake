# The documents of the interfaces are built into the program: what it says of itself is what it was built with.
set(openapi_folder ${CMAKE_SOURCE_DIR}/assets/openapi)
set(openapi_source ${CMAKE_BINARY_DIR}/openapi.c)
set(openapi_embed ${CMAKE_SOURCE_DIR}/src/registrar/api/embed.cmake)
add_custom_command(
  OUTPUT ${openapi_source}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${openapi_source} -DFOLDER=${openapi_folder} -P ${openapi_embed}
  DEPENDS ${openapi_folder}/kiosks.json ${openapi_folder}/people.json ${openapi_embed}
  VERBATIM)
target_sources(registrar_api PRIVATE ${openapi_source})
