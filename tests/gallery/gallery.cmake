# Every state of the glass in any variant, painted and checked (tests/gallery/README.md).
file(GLOB gallery_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/gallery/*.c)
add_executable(gallery ${gallery_sources})
target_include_directories(gallery PRIVATE ${CMAKE_SOURCE_DIR}/tests ${CMAKE_SOURCE_DIR}/tests/unit)
target_link_libraries(gallery PRIVATE kiosk_screens PkgConfig::cmocka)
target_compile_definitions(gallery PRIVATE SOURCE_DIR="${CMAKE_SOURCE_DIR}" BINARY_DIR="${CMAKE_BINARY_DIR}")
add_dependencies(gallery locale fonts)
# Whoever says words is asked (said.h).
foreach(said IN ITEMS text_get text_get_in text_get_n local_text date_write date_range_write date_write_near moment_write_near sum_write
                      number_write_of date_weekday_short date_weekday_alone date_month_alone)
  target_link_options(gallery PRIVATE -Wl,--wrap=${said})
endforeach()

# A handful under every compiler and sanitizer; tests/promises/glass-fits-everyone shows far more.
add_test(NAME gallery/quick COMMAND ${CMAKE_COMMAND} -E env BUILD=${CMAKE_BINARY_DIR} ${CMAKE_SOURCE_DIR}/tests/gallery/run quick)
set_tests_properties(gallery/quick PROPERTIES LABELS gallery TIMEOUT 900 COST 100 ENVIRONMENT "${sanitizer_environment}")
