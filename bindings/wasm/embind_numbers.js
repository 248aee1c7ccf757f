// Stands in for the JavaScript half of Embind (see module.cmake), which knows every C++ type, although this module speaks
// numbers only: some 18 kB less wasm and glue, 6 kB brotli, and calls that go straight to the function.
mergeInto(LibraryManager.library, {
  // Numbers pass as WebAssembly takes them. Unsigned results stay below 2^31, as the memory does.
  // biome-ignore lint/complexity/useArrowFunction: Emscripten 3.1.6 takes no arrows here.
  _embind_register_function: function (
    name,
    _argCount,
    _argTypes,
    _signature,
    invoker,
    implementation,
  ) {
    Module[UTF8ToString(name)] = wasmTable.get(invoker).bind(null, implementation);
  },
});
