# Finds the Emscripten that the PATH offers (Debian's package or emsdk) and hands over to its own toolchain file.
find_program(SEGMENTS_EMCC emcc REQUIRED)
if(NOT DEFINED ENV{EMSCRIPTEN_ROOT_PATH})
  execute_process(
    COMMAND em-config EMSCRIPTEN_ROOT
    OUTPUT_VARIABLE emscripten_root OUTPUT_STRIP_TRAILING_WHITESPACE
    RESULT_VARIABLE emscripten_result)
  if(NOT emscripten_result EQUAL 0)
    message(FATAL_ERROR "`em-config EMSCRIPTEN_ROOT` failed although emcc is at ${SEGMENTS_EMCC}")
  endif()
  # Kept in the environment because CMake reads this file again for every compiler check.
  set(ENV{EMSCRIPTEN_ROOT_PATH} "${emscripten_root}")
endif()
include("$ENV{EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake")
