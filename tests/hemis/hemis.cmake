# The people of the HEMIS stand-in (tests/hemis/README.md).
add_executable(hemis_people ${CMAKE_SOURCE_DIR}/tests/hemis/hemis_people.c)
target_link_libraries(hemis_people PRIVATE registrar_demo wire base)
target_compile_definitions(hemis_people PRIVATE REGISTRAR_ASSETS="${CMAKE_SOURCE_DIR}/assets")

# The connector alone, for many students at once (tests/hemis/read).
add_executable(hemis_reader ${CMAKE_SOURCE_DIR}/tests/hemis/hemis_reader.c)
target_link_libraries(hemis_reader PRIVATE registrar_hemis)

# A hall of kiosks and HEMIS's limits (promise hemis-limit-is-never-tripped).
add_executable(hemis_hall ${CMAKE_SOURCE_DIR}/tests/hemis/hemis_hall.c)
target_include_directories(hemis_hall PRIVATE ${CMAKE_SOURCE_DIR}/tests ${CMAKE_SOURCE_DIR}/tests/unit)
target_link_libraries(hemis_hall PRIVATE registrar_office PkgConfig::cmocka)
target_compile_definitions(hemis_hall PRIVATE SOURCE_DIR="${CMAKE_SOURCE_DIR}" BINARY_DIR="${CMAKE_BINARY_DIR}")
