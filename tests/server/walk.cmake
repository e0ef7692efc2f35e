# What run-walk asks with.
add_executable(people_walk ${CMAKE_SOURCE_DIR}/tests/server/walk.c)
target_include_directories(people_walk PRIVATE ${CMAKE_SOURCE_DIR}/tests/unit/registrar/http)
target_link_libraries(people_walk PRIVATE wire PkgConfig::gnutls)

# A flaw that a-wrong-name-takes-as-long must see.
add_library(quick_nobody MODULE ${CMAKE_SOURCE_DIR}/tests/server/quick_nobody.c)
