# The people of the HEMIS stand-in (tests/hemis/README.md).
add_executable(hemis_people ${CMAKE_SOURCE_DIR}/tests/hemis/hemis_people.c)
target_link_libraries(hemis_people PRIVATE registrar_demo wire base)
target_compile_definitions(hemis_people PRIVATE REGISTRAR_ASSETS="${CMAKE_SOURCE_DIR}/assets")

# The connector alone, for many students at once (tests/hemis/read).
add_executable(hemis_reader ${CMAKE_SOURCE_DIR}/tests/hemis/hemis_reader.c)
target_link_libraries(hemis_reader PRIVATE registrar_hemis)
