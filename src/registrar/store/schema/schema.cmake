# The migrations 0001.sql, 0002.sql, ... are built into the program, in their order, as schema/schema.h declares them.
set(schema_folder ${CMAKE_SOURCE_DIR}/src/registrar/store/schema)
file(GLOB schema_files CONFIGURE_DEPENDS ${schema_folder}/[0-9][0-9][0-9][0-9].sql ${schema_folder}/[0-9][0-9][0-9][0-9].postgresql.sql)
set(schema_source ${CMAKE_BINARY_DIR}/schema.c)
add_custom_command(
  OUTPUT ${schema_source}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${schema_source} -DFOLDER=${schema_folder} -P ${schema_folder}/embed.cmake
  DEPENDS ${schema_files} ${schema_folder}/embed.cmake
  VERBATIM)
target_sources(registrar_store PRIVATE ${schema_source})
