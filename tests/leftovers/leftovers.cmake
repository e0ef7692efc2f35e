# What tests/promises/nothing-left-behind searches with: small and run for long, so optimised whatever the build is.
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
add_executable(leftovers ${CMAKE_SOURCE_DIR}/tests/leftovers/search.c)
target_compile_options(leftovers PRIVATE -O2)
target_link_libraries(leftovers PRIVATE base PkgConfig::zlib)
