# The modules that ship, each as Emscripten's glue (.mjs) and a .wasm in the build tree's root:
# contact, as lean as a tracker in a page wants it; engine, which adds what speaks to people about rules; and studio,
# which adds what works on many contacts and what helps to write rules. Their glue is the same but for the file's name,
# so that the package's one glue starts any of them.
# A fourth, audience, has many contacts in columns and none that decides message by message. It is apart from studio since
# it wants what the others do not: speed before size, and memory beyond 2 GiB, which makes glue of its own.
set(host host_zones.cpp host_zones.h)
add_executable(contact embind.cpp embind_snapshot.cpp ${host} module_bridge.h)
add_executable(engine embind.cpp embind_snapshot.cpp embind_explain.cpp ${host} module_bridge.h)
add_executable(studio embind.cpp embind_snapshot.cpp embind_explain.cpp embind_directory.cpp embind_authoring.cpp embind_sql.cpp ${host} module_bridge.h)
add_executable(audience embind_audience.cpp ${host})

# Embind with a JavaScript half of our own. How bindings register has changed since, so newer versions get what they bring.
file(STRINGS "${EMSCRIPTEN_ROOT_PATH}/system/include/emscripten/bind.h" new_embind REGEX "_embind_register_bindings")
if(new_embind)
  set(SEGMENTS_EMBIND -lembind)
else()
  set(SEGMENTS_EMBIND "--js-library=${CMAKE_CURRENT_SOURCE_DIR}/embind_numbers.js")
endif()

# Size, 0.6 kB brotli together; in a message's time it is lost in the noise. LLVM copies less code to save a computation on one of two ways, and
# Binaryen (the one of these versions; newer ones are untried) lays control flow out anew.
set(SEGMENTS_SMALL_LINK)
if(NOT new_embind AND SEGMENTS_OPTIMIZE STREQUAL "-Oz" AND CMAKE_BUILD_TYPE STREQUAL "Release")
  set(SEGMENTS_SMALL_LINK
    "SHELL:-Wl,-mllvm,-enable-pre=0 -Wl,-mllvm,-enable-load-pre=0"
    -sBINARYEN_EXTRA_PASSES=--flatten,--rereloop,-Oz,-Oz)
endif()

foreach(module IN ITEMS contact engine studio audience)
if(module STREQUAL "audience")
  set(SEGMENTS_MODULE_LINK -O3 -sINITIAL_MEMORY=16777216 -sMAXIMUM_MEMORY=4294967296)
  target_link_libraries(audience PRIVATE segments_audience_bridge)
else()
  # A page with one contact needs little, a replay of many contacts a lot. 2 GiB is the most that glue
  # with signed addresses can reach; hosts set lower limits of their own (128 MB in workerd).
  set(SEGMENTS_MODULE_LINK ${SEGMENTS_SMALL_LINK} -sINITIAL_MEMORY=2097152 -sMAXIMUM_MEMORY=2147483648)
  target_link_libraries(${module} PRIVATE segments_bridge)
endif()
target_include_directories(${module} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
set_target_properties(${module} PROPERTIES
  SUFFIX .mjs
  RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}"
  LINK_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/embind_numbers.js")

target_link_options(${module} PRIVATE
  ${SEGMENTS_EMBIND}
  ${SEGMENTS_MODULE_LINK}
  # Emscripten picks the variants of its system libraries by what the linker is told.
  -fno-exceptions
  -fno-rtti
  # What the files were compiled with: binaryen must know.
  -msimd128
  -msign-ext
  -mnontrapping-fptoint
  # A library: there is no main.
  --no-entry
  # Old behaviour is an error, and nothing comes along that was not asked for.
  -sSTRICT=1
  # One ES module whose default export makes an instance; importing it runs nothing.
  -sMODULARIZE=1
  -sEXPORT_ES6=1
  # Never `node`: edge runtimes have `process.versions.node`, and glue that knows Node.js dies there.
  -sENVIRONMENT=web,worker
  # No `eval`, no `new Function`: edge isolates and a strict Content-Security-Policy refuse both.
  -sDYNAMIC_EXECUTION=0
  # `import.meta.url` is undefined in workerd; the loader brings the compiled module itself.
  -sUSE_ES6_IMPORT_META=0
  # The one key of Emscripten's own that the loader passes; our own keys (`isZone`, `zoneStretch`) need no entry.
  -sINCOMING_MODULE_JS_API=instantiateWasm
  # The loader writes messages into HEAPU8; the host call in embind.cpp reads a name and fills memory.
  # Newer versions bring along and export only what is named.
  -sEXPORTED_RUNTIME_METHODS=HEAPU8,UTF8ToString
  # Every runtime has TextDecoder, and the loader needs it too.
  -sTEXTDECODER=2
  # The core reads and writes memory only; saves 3 kB of glue.
  -sFILESYSTEM=0
  # The smallest allocator; saves 5 kB of wasm.
  -sMALLOC=emmalloc
  # 64-bit integers cross as BigInt, not as two halves; saves 1 kB of wasm.
  -sWASM_BIGINT=1
  -sALLOW_MEMORY_GROWTH=1
  # A twentieth more each time, not a fifth: an isolate has 128 MB, and growing copies nothing.
  -sMEMORY_GROWTH_GEOMETRIC_STEP=0.05
  # Parsers stop at a fixed depth far below this. Stack first: an overflow would trap at address 0
  # instead of running into data.
  -s${SEGMENTS_STACK_SETTING}=262144
  -Wl,--stack-first)
endforeach()
