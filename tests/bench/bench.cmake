# A release's figures: configure with the preset "release" before believing them.
add_executable(issue_bench ${CMAKE_SOURCE_DIR}/tests/bench/issue_bench.c ${CMAKE_SOURCE_DIR}/tests/bench/bare_page.c
                           ${CMAKE_SOURCE_DIR}/src/registrar/settings.c ${CMAKE_SOURCE_DIR}/src/registrar/folder_lock.c)
target_include_directories(issue_bench PRIVATE ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(issue_bench PRIVATE registrar_office registrar_document wire base)
target_compile_definitions(issue_bench PRIVATE REGISTRAR_ASSETS="${CMAKE_SOURCE_DIR}/assets"
                                               REGISTRAR_CATALOGUE="${CMAKE_SOURCE_DIR}/kiosk/services"
                                               REGISTRAR_INFORMATION="${CMAKE_SOURCE_DIR}/kiosk/information")

add_executable(documents_bench ${CMAKE_SOURCE_DIR}/tests/bench/documents_bench.c ${CMAKE_SOURCE_DIR}/src/registrar/settings.c
                               ${CMAKE_SOURCE_DIR}/src/registrar/folder_lock.c)
target_link_libraries(documents_bench PRIVATE registrar_office registrar_document wire base)
target_compile_definitions(documents_bench PRIVATE REGISTRAR_ASSETS="${CMAKE_SOURCE_DIR}/assets"
                                                   REGISTRAR_CATALOGUE="${CMAKE_SOURCE_DIR}/kiosk/services"
                                               REGISTRAR_INFORMATION="${CMAKE_SOURCE_DIR}/kiosk/information")
add_library(slow_disk MODULE ${CMAKE_SOURCE_DIR}/tests/bench/slow_disk.c)

# Looks at the glass from outside; only where X's libraries are.
pkg_check_modules(xtst IMPORTED_TARGET xtst x11)
if(xtst_FOUND)
  add_executable(glass_probe ${CMAKE_SOURCE_DIR}/tests/bench/glass_probe.c)
  target_link_libraries(glass_probe PRIVATE PkgConfig::xtst)
endif()

add_executable(events_load ${CMAKE_SOURCE_DIR}/tests/bench/events_load.c ${CMAKE_SOURCE_DIR}/src/registrar/settings.c
                           ${CMAKE_SOURCE_DIR}/src/registrar/folder_lock.c)
target_link_libraries(events_load PRIVATE registrar_office wire base PkgConfig::libssl)
target_compile_definitions(events_load PRIVATE REGISTRAR_ASSETS="${CMAKE_SOURCE_DIR}/assets"
                                               REGISTRAR_CATALOGUE="${CMAKE_SOURCE_DIR}/kiosk/services"
                                               REGISTRAR_INFORMATION="${CMAKE_SOURCE_DIR}/kiosk/information")

add_executable(papers_bench ${CMAKE_SOURCE_DIR}/tests/bench/papers_bench.c ${CMAKE_SOURCE_DIR}/tests/bench/bare_paper.c
                            ${CMAKE_SOURCE_DIR}/tests/papers/every_paper.c ${CMAKE_SOURCE_DIR}/src/registrar/settings.c
                            ${CMAKE_SOURCE_DIR}/src/registrar/folder_lock.c)
target_include_directories(papers_bench PRIVATE ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(papers_bench PRIVATE registrar_office registrar_document wire base)
target_compile_definitions(papers_bench PRIVATE REGISTRAR_ASSETS="${CMAKE_SOURCE_DIR}/assets"
                                                REGISTRAR_CATALOGUE="${CMAKE_SOURCE_DIR}/kiosk/services"
                                               REGISTRAR_INFORMATION="${CMAKE_SOURCE_DIR}/kiosk/information")

add_executable(console_rows ${CMAKE_SOURCE_DIR}/tests/bench/console/console_rows.c ${CMAKE_SOURCE_DIR}/src/registrar/settings.c
                            ${CMAKE_SOURCE_DIR}/src/registrar/folder_lock.c)
target_link_libraries(console_rows PRIVATE registrar_office registrar_document wire base)
target_compile_definitions(console_rows PRIVATE REGISTRAR_ASSETS="${CMAKE_SOURCE_DIR}/assets"
                                                REGISTRAR_CATALOGUE="${CMAKE_SOURCE_DIR}/kiosk/services"
                                                REGISTRAR_INFORMATION="${CMAKE_SOURCE_DIR}/kiosk/information")
