# tests/unit mirrors src: tests/unit/wire/seal_test.c is linked with the module of src/wire and run by ctest as unit/wire/seal.
enable_testing()
pkg_check_modules(cmocka REQUIRED IMPORTED_TARGET cmocka)

# Libraries that come without instrumentation are told to the sanitizers; G_SLICE lets them see GLib's memory move between threads.
set(sanitizer_environment
  LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/lsan.supp:print_suppressions=0
  TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/tsan.supp:halt_on_error=1
  G_SLICE=always-malloc)
set(unit_modules
  base:base wire:wire net:net print:print
  kiosk:kiosk_script kiosk/ui:kiosk_ui kiosk/app:kiosk_app kiosk/screens:kiosk_screens kiosk/devices:kiosk_devices
  registrar/store:registrar_store registrar/document:registrar_document registrar/office:registrar_office
  registrar/demo:registrar_demo registrar/connect:registrar_connect registrar/connect/hemis:registrar_hemis registrar/connect/moodle:registrar_moodle
  registrar/connect/oneid:registrar_oneid
  registrar/http:registrar_http registrar/api:registrar_api registrar/console:registrar_console)
foreach(pair IN LISTS unit_modules)
  string(REPLACE ":" ";" pair ${pair})
  list(GET pair 0 folder)
  list(GET pair 1 library)
  file(GLOB unit_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/${folder}/*_test.c)
  foreach(source IN LISTS unit_sources)
    get_filename_component(noun ${source} NAME_WE)
    string(REPLACE "/" "_" target "unit_${folder}_${noun}")
    add_executable(${target} ${source})
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests ${CMAKE_SOURCE_DIR}/tests/unit)
    target_link_libraries(${target} PRIVATE ${library} PkgConfig::cmocka)
    target_compile_definitions(${target} PRIVATE SOURCE_DIR="${CMAKE_SOURCE_DIR}" BINARY_DIR="${CMAKE_BINARY_DIR}")
    string(REPLACE "_test" "" noun ${noun})
    if(folder STREQUAL "registrar/api")
      target_link_options(${target} PRIVATE -Wl,-z,muldefs) # fake_office.h stands before the office's own functions
    endif()
    add_test(NAME unit/${folder}/${noun} COMMAND ${target})
    set_tests_properties(unit/${folder}/${noun} PROPERTIES LABELS unit TIMEOUT 900 ENVIRONMENT "${sanitizer_environment}")
    # What stands on a database is tested on the other one too: the store by every compiler and every time, the office,
    # which takes minutes, by the first one and in the long run (label "long").
    file(STRINGS ${source} stands_on_database REGEX "fixture\\.h\"")
    if(stands_on_database AND NOT noun STREQUAL "copying" AND (folder STREQUAL "registrar/store" OR
       (folder STREQUAL "registrar/office" AND CMAKE_C_COMPILER_ID STREQUAL "GNU" AND NOT REGISTRAR_SANITIZE)))
      add_test(NAME unit/postgresql/${folder}/${noun}
               COMMAND ${CMAKE_SOURCE_DIR}/tests/postgresql with ${CMAKE_BINARY_DIR}/postgresql $<TARGET_FILE:${target}>)
      set(label unit)
      if(folder STREQUAL "registrar/office")
        set(label long)
      endif()
      set_tests_properties(unit/postgresql/${folder}/${noun} PROPERTIES LABELS ${label} TIMEOUT 900
                           ENVIRONMENT "${sanitizer_environment}" FIXTURES_REQUIRED postgresql)
    endif()
  endforeach()
endforeach()
add_test(NAME postgresql/start COMMAND ${CMAKE_SOURCE_DIR}/tests/postgresql start ${CMAKE_BINARY_DIR}/postgresql --fast)
add_test(NAME postgresql/stop COMMAND ${CMAKE_SOURCE_DIR}/tests/postgresql remove ${CMAKE_BINARY_DIR}/postgresql)
set_tests_properties(postgresql/start PROPERTIES FIXTURES_SETUP postgresql TIMEOUT 900)
set_tests_properties(postgresql/stop PROPERTIES FIXTURES_CLEANUP postgresql TIMEOUT 900)

# Those that wait or compute longest begin first: else the last one is waited for alone.
set_tests_properties(unit/registrar/store/crossing PROPERTIES COST 100)
set_tests_properties(unit/kiosk/devices/printing_queue unit/kiosk/devices/printing_plain unit/kiosk/devices/printing_direct
                     unit/kiosk/screens/screens unit/registrar/office/requests unit/registrar/office/restoring PROPERTIES COST 50)

include(${CMAKE_SOURCE_DIR}/tests/unit/registrar/store/crossing/crossing.cmake)

# Programs that scripts need beside the products.
include(${CMAKE_SOURCE_DIR}/tests/server/forms.cmake)
include(${CMAKE_SOURCE_DIR}/tests/server/paper.cmake)
include(${CMAKE_SOURCE_DIR}/tests/papers/papers.cmake)
include(${CMAKE_SOURCE_DIR}/tests/bench/bench.cmake)
include(${CMAKE_SOURCE_DIR}/tests/server/walk.cmake)
include(${CMAKE_SOURCE_DIR}/tests/server/load.cmake)
include(${CMAKE_SOURCE_DIR}/tests/web/seals.cmake)
include(${CMAKE_SOURCE_DIR}/tests/faults/printer/printer.cmake)
include(${CMAKE_SOURCE_DIR}/tests/hemis/hemis.cmake)
include(${CMAKE_SOURCE_DIR}/tests/leftovers/leftovers.cmake)
include(${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz.cmake)
include(${CMAKE_SOURCE_DIR}/tests/gallery/gallery.cmake)
