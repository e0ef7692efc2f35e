# What the form alone says of answers, for run-forms: linked with what kiosk and registrar share, and with nothing else.
add_executable(forms_judge ${CMAKE_SOURCE_DIR}/tests/server/forms_judge.c)
target_link_libraries(forms_judge PRIVATE wire)
