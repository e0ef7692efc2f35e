# What run-paper needs beside the registrar.
add_executable(paper_forge ${CMAKE_SOURCE_DIR}/tests/server/paper_forge.c)
target_link_libraries(paper_forge PRIVATE registrar_document wire)

add_executable(paper_issue ${CMAKE_SOURCE_DIR}/tests/server/paper_issue.c ${CMAKE_SOURCE_DIR}/src/registrar/settings.c
  ${CMAKE_SOURCE_DIR}/src/registrar/folder_lock.c)
target_link_libraries(paper_issue PRIVATE registrar_office registrar_document wire base)
target_compile_definitions(paper_issue PRIVATE REGISTRAR_ASSETS="${CMAKE_SOURCE_DIR}/assets"
                                               REGISTRAR_CATALOGUE="${CMAKE_SOURCE_DIR}/kiosk/services"
                                               REGISTRAR_INFORMATION="${CMAKE_SOURCE_DIR}/kiosk/information")
