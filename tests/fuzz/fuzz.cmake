# What plays by chance.  visits: messages through app_update (tests/promises/visits-never-mix).
file(GLOB visits_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/visits*.c)
add_executable(visits ${visits_sources})
target_link_libraries(visits PRIVATE kiosk_screens)
foreach(counted IN ITEMS blob_new blob_take_buf blob_keep blob_drop catalogue_keep catalogue_drop mem_new mem_free_wiped)
  target_link_options(visits PRIVATE -Wl,--wrap=${counted})
endforeach()

# The long list is the promise's; this one goes through the sanitizers of every build.
add_test(NAME fuzz/visits COMMAND visits --messages 200000 --seed 2 --file ${CMAKE_BINARY_DIR}/visits.broken)
set_tests_properties(fuzz/visits PROPERTIES LABELS fuzz TIMEOUT 900 COST 50 ENVIRONMENT "${sanitizer_environment}")

# Random fillings of every form (tests/promises/no-filling-is-lost).
add_executable(fillings ${CMAKE_SOURCE_DIR}/tests/fuzz/fillings.c ${CMAKE_SOURCE_DIR}/tests/fuzz/fillings_registrar.c)
target_link_libraries(fillings PRIVATE kiosk_screens)
target_compile_definitions(fillings PRIVATE SOURCE_DIR="${CMAKE_SOURCE_DIR}")

# Mutations of a HEMIS's answers (hemis_mutations --answers 1000000 for the long list); what is planted must be found.
add_executable(hemis_mutations ${CMAKE_SOURCE_DIR}/tests/fuzz/hemis_mutations.c)
target_link_libraries(hemis_mutations PRIVATE registrar_hemis)
target_include_directories(hemis_mutations PRIVATE ${CMAKE_SOURCE_DIR}/tests)
target_compile_definitions(hemis_mutations PRIVATE SOURCE_DIR="${CMAKE_SOURCE_DIR}")
add_test(NAME fuzz/hemis-mutations COMMAND hemis_mutations --answers 8000)
add_test(NAME fuzz/hemis-mutations-planted COMMAND hemis_mutations --answers 8000 --plant mixes)
set_tests_properties(fuzz/hemis-mutations fuzz/hemis-mutations-planted PROPERTIES LABELS fuzz TIMEOUT 300 ENVIRONMENT "${sanitizer_environment}")

# fuzz_NOUN: bytes through one parser.  With the preset "fuzz" libFuzzer drives it (tests/fuzz/run); in every other build it plays its seeds
# once, as the test fuzz/NOUN.
set(fuzz_targets
  api:wire study:wire json:wire catalogue:wire information:wire form:wire seal:wire status_list:wire audit:wire link:wire item:wire
  settings:kiosk_ui script:kiosk_script mo:base text:base name:base printer:print
  template:registrar_document emblem:registrar_document picture:registrar_document query:registrar_http forwarded:registrar_http records:registrar_office page:registrar_api idempotency:registrar_api trust:wire
  hemis:registrar_hemis
  moodle:registrar_moodle
  oneid:registrar_oneid)
add_custom_target(fuzz)
foreach(pair IN LISTS fuzz_targets)
  string(REPLACE ":" ";" pair ${pair})
  list(GET pair 0 noun)
  list(GET pair 1 library)
  set(target fuzz_${noun})
  add_executable(${target} ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_${noun}.c)
  target_link_libraries(${target} PRIVATE ${library})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(${target} PRIVATE SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_dependencies(fuzz ${target})
  if(REGISTRAR_SANITIZE MATCHES fuzzer)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_replay.c)
    add_test(NAME fuzz/${noun} COMMAND ${target} ${CMAKE_SOURCE_DIR}/tests/fuzz/seeds/${noun})
    set_tests_properties(fuzz/${noun} PROPERTIES LABELS fuzz TIMEOUT 900 ENVIRONMENT "${sanitizer_environment}")
  endif()
endforeach()
target_sources(fuzz_trust PRIVATE ${CMAKE_SOURCE_DIR}/src/registrar/seal_trust.c)
target_link_options(fuzz_printer PRIVATE -Wl,--wrap=call_exchange -Wl,--wrap=call_exchange_page)
