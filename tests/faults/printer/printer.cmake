# The printer that tests can hurt (tests/faults/README.md).
file(GLOB fault_printer_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/faults/printer/*.c)
add_executable(fault_printer ${fault_printer_sources})
target_link_libraries(fault_printer PRIVATE base ${CUPS_LIBRARY})
