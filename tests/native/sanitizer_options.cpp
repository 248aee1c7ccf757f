// AddressSanitizer asks here for what it should do; the environment has the last word.
//
// In WebAssembly a stack is a text that JavaScript makes, so that a stack for each allocation takes
// most of the time of the tests. What the native tests report has them.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "malloc_context_size=0"; }
