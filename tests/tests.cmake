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
  registrar/http:registrar_http registrar/api:registrar_api)
foreach(pair IN LISTS unit_modules)
  string(REPLACE ":" ";" pair ${pair})
  list(GET pair 0 folder)
  list(GET pair 1 library)
  file(GLOB unit_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/${folder}/*_test.c)
  foreach(source IN LISTS unit_sources)
    get_filename_component(noun ${source} NAME_WE)
    string(REPLACE "/" "_" target "unit_${folder}_${noun}")
    add_executable(${target} ${source})
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests/unit)
    target_link_libraries(${target} PRIVATE ${library} PkgConfig::cmocka)
    target_compile_definitions(${target} PRIVATE SOURCE_DIR="${CMAKE_SOURCE_DIR}" BINARY_DIR="${CMAKE_BINARY_DIR}")
    string(REPLACE "_test" "" noun ${noun})
    add_test(NAME unit/${folder}/${noun} COMMAND ${target})
    set_tests_properties(unit/${folder}/${noun} PROPERTIES LABELS unit TIMEOUT 120 ENVIRONMENT "${sanitizer_environment}")
  endforeach()
endforeach()

# Programs that scripts need beside the products.
include(${CMAKE_SOURCE_DIR}/tests/server/paper.cmake)
include(${CMAKE_SOURCE_DIR}/tests/bench/bench.cmake)
include(${CMAKE_SOURCE_DIR}/tests/server/walk.cmake)
include(${CMAKE_SOURCE_DIR}/tests/web/seals.cmake)
include(${CMAKE_SOURCE_DIR}/tests/faults/printer/printer.cmake)
include(${CMAKE_SOURCE_DIR}/tests/leftovers/leftovers.cmake)
include(${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz.cmake)
