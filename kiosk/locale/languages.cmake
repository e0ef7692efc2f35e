# languages.ini -> base/languages.h: the list of languages (LANGUAGES) and what base/language.c holds of each (LANGUAGE_ROWS).
# Made when configuring, since the number of languages is a constant of every room.
set(REGISTRAR_LOCALE ${CMAKE_SOURCE_DIR}/kiosk/locale CACHE PATH "folder of languages.ini and the .po files")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${REGISTRAR_LOCALE}/languages.ini)
include_directories(${CMAKE_BINARY_DIR}/generated)

set(language_texts own_name short_name english date_words date_figures date_day date_month range_days range_months range_years times
    yesterday today tomorrow moment number_group number_point number_percent number_sum number_year_of_study number_semester
    number_window number_order)
set(language_lists months months_alone months_short weekdays weekdays_short)
set(language_others fallback beside script whole catalogue)

string(ASCII 194 160 language_no_break)

# language_constant(VARIABLE TAG): uz-Cyrl -> LANGUAGE_UZ_CYRL
function(language_constant variable tag)
  string(TOUPPER "${tag}" name)
  string(REPLACE "-" "_" name "${name}")
  set(${variable} LANGUAGE_${name} PARENT_SCOPE)
endfunction()

# language_refuse(TAG WORDS)
function(language_refuse tag words)
  message(FATAL_ERROR "${REGISTRAR_LOCALE}/languages.ini, [${tag}]: ${words}")
endfunction()

# language_value(VARIABLE TAG KEY)
function(language_value variable tag key)
  if(NOT DEFINED language.${tag}.${key})
    language_refuse(${tag} "${key} is missing")
  endif()
  set(value "${language.${tag}.${key}}")
  string(REPLACE "\"" "\\\"" value "${value}")
  string(REPLACE "~" "${language_no_break}" value "${value}")
  set(${variable} "${value}" PARENT_SCOPE)
endfunction()

# language_constant_of(VARIABLE TAG KEY): the language that the key names; -1 for none
function(language_constant_of variable tag key)
  language_value(other ${tag} ${key})
  if("${other}" STREQUAL none)
    set(${variable} -1 PARENT_SCOPE)
  elseif(NOT "${other}" IN_LIST language_tags)
    language_refuse(${tag} "${key}: there is no language ${other}")
  else()
    language_constant(constant ${other})
    set(${variable} ${constant} PARENT_SCOPE)
  endif()
endfunction()

# --- reading
set(language_tags)
file(STRINGS ${REGISTRAR_LOCALE}/languages.ini language_lines ENCODING UTF-8)
foreach(line IN LISTS language_lines)
  if(line MATCHES "^#" OR line MATCHES "^ *$")
    continue()
  elseif(line MATCHES "^\\[([a-z][a-z][a-z]?(-[A-Z][a-z][a-z][a-z])?)\\]$")
    set(tag ${CMAKE_MATCH_1})
    if(tag IN_LIST language_tags)
      language_refuse(${tag} "stands there twice")
    endif()
    list(APPEND language_tags ${tag})
  elseif(line MATCHES "^([a-z_]+) = (.+)$" AND language_tags)
    set(key ${CMAKE_MATCH_1})
    set(value "${CMAKE_MATCH_2}")
    if(NOT key IN_LIST language_texts AND NOT key IN_LIST language_lists AND NOT key IN_LIST language_others)
      language_refuse(${tag} "no such key: ${key}")
    endif()
    set(language.${tag}.${key} "${value}")
  else()
    message(FATAL_ERROR "${REGISTRAR_LOCALE}/languages.ini: neither a section nor key = value: ${line}")
  endif()
endforeach()

# --- writing
set(languages)
set(language_rows)
foreach(tag IN LISTS language_tags)
  language_constant(constant ${tag})
  string(REPLACE "LANGUAGE_" "" name ${constant})
  string(TOLOWER ${name} key)
  string(APPEND languages " \\\n    ROW(${name}, \"${tag}\", \"${key}\")")

  string(APPEND language_rows " \\\n    [${constant}] = { .tag = \"${tag}\", .key = \"${key}\"")
  foreach(text IN LISTS language_texts)
    language_value(value ${tag} ${text})
    string(APPEND language_rows ", \\\n        .${text} = \"${value}\"")
  endforeach()
  foreach(words IN LISTS language_lists)
    language_value(value ${tag} ${words})
    string(REPLACE " " ";" value "${value}")
    list(LENGTH value count)
    if((words MATCHES "^months" AND NOT count EQUAL 12) OR (words MATCHES "^weekdays" AND NOT count EQUAL 7))
      language_refuse(${tag} "${words}: ${count} words")
    endif()
    string(REPLACE ";" "\", \"" value "${value}")
    string(APPEND language_rows ", \\\n        .${words} = { \"${value}\" }")
  endforeach()
  foreach(other fallback beside)
    language_constant_of(value ${tag} ${other})
    string(APPEND language_rows ", .${other} = ${value}")
  endforeach()
  foreach(answer whole catalogue)
    language_value(value ${tag} ${answer})
    if(NOT value MATCHES "^(yes|no)$")
      language_refuse(${tag} "${answer} is yes or no")
    endif()
    string(REPLACE "yes" true value ${value})
    string(REPLACE "no" false value ${value})
    string(APPEND language_rows ", .${answer} = ${value}")
  endforeach()
  if(NOT EXISTS ${REGISTRAR_LOCALE}/${tag}.po AND "${language.${tag}.catalogue}" STREQUAL yes)
    language_refuse(${tag} "there is no ${tag}.po")
  endif()
  language_value(script ${tag} script)
  if(NOT script MATCHES "^(Latn|Cyrl)$")
    language_refuse(${tag} "script is Latn or Cyrl")
  endif()
  string(REPLACE "Latn" LATIN script ${script})
  string(REPLACE "Cyrl" CYRILLIC script ${script})
  string(APPEND language_rows ", .script = LETTERS_${script} },")
endforeach()
list(LENGTH language_tags language_count)
if(language_count LESS 1 OR language_count GREATER 16)
  message(FATAL_ERROR "${REGISTRAR_LOCALE}/languages.ini: ${language_count} languages")
endif()
file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/generated/base/languages.h CONTENT
"/* Made of languages.ini by languages.cmake. */
#ifndef BASE_LANGUAGES_H
#define BASE_LANGUAGES_H

#define LANGUAGES(ROW)${languages}

#define LANGUAGE_ROWS${language_rows}

#endif
")
