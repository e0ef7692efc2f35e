# A release's figures: configure with the preset "release" before believing them.
add_executable(issue_bench ${CMAKE_SOURCE_DIR}/tests/bench/issue_bench.c ${CMAKE_SOURCE_DIR}/tests/bench/bare_page.c
                           ${CMAKE_SOURCE_DIR}/src/registrar/settings.c ${CMAKE_SOURCE_DIR}/src/registrar/folder_lock.c)
target_include_directories(issue_bench PRIVATE ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(issue_bench PRIVATE registrar_office registrar_document wire base)
target_compile_definitions(issue_bench PRIVATE REGISTRAR_ASSETS="${CMAKE_SOURCE_DIR}/assets"
                                               REGISTRAR_CATALOGUE="${CMAKE_SOURCE_DIR}/kiosk/services")
