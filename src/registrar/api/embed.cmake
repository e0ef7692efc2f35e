# cmake -DOUTPUT=openapi.c -DFOLDER=assets/openapi -P embed.cmake: each document as an array of bytes
set(code "#include <stddef.h>\n\n")
foreach(name kiosks people)
  file(READ ${FOLDER}/${name}.json bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
  set(text openapi_${name}_text)
  set(size openapi_${name}_size)
  string(APPEND code "extern const char ${text}[];\nextern const size_t ${size};\n"
                     "const char ${text}[] = {\n${bytes}\n};\nconst size_t ${size} = sizeof ${text};\n")
endforeach()
file(WRITE ${OUTPUT} "${code}")
