# What plays by chance.  visits: messages through app_update (tests/promises/visits-never-mix).
file(GLOB visits_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/visits*.c)
add_executable(visits ${visits_sources})
target_link_libraries(visits PRIVATE kiosk_screens)
foreach(counted IN ITEMS blob_new blob_keep blob_drop catalogue_keep catalogue_drop mem_new mem_free_wiped)
  target_link_options(visits PRIVATE -Wl,--wrap=${counted})
endforeach()
