# What run-database asks with.
add_executable(act_load ${CMAKE_SOURCE_DIR}/tests/server/act_load.c)
target_link_libraries(act_load PRIVATE registrar_store)
