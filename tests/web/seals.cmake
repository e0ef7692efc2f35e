# Seals for other people's libraries (run-cose).
add_executable(web_seals ${CMAKE_SOURCE_DIR}/tests/web/seals.c)
target_link_libraries(web_seals PRIVATE wire)
