# Every paper of the catalogue, for the promise, the gallery and the bench.
add_executable(papers ${CMAKE_SOURCE_DIR}/tests/papers/papers.c ${CMAKE_SOURCE_DIR}/tests/papers/every_paper.c
                      ${CMAKE_SOURCE_DIR}/src/registrar/settings.c
                      ${CMAKE_SOURCE_DIR}/src/registrar/folder_lock.c)
target_include_directories(papers PRIVATE ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(papers PRIVATE registrar_api registrar_office registrar_document wire base)
target_compile_definitions(papers PRIVATE REGISTRAR_ASSETS="${CMAKE_SOURCE_DIR}/assets"
                                          REGISTRAR_CATALOGUE="${CMAKE_SOURCE_DIR}/kiosk/services"
                                               REGISTRAR_INFORMATION="${CMAKE_SOURCE_DIR}/kiosk/information")
