# What run-paper needs beside the registrar.
add_executable(paper_forge ${CMAKE_SOURCE_DIR}/tests/server/paper_forge.c)
target_link_libraries(paper_forge PRIVATE registrar_document wire)
