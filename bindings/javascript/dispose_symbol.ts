// For the declarations, too: whoever compiles against them may have no such library of their own.
/// <reference lib="esnext.disposable" preserve="true" />

/** The key that `using` calls; a stand-in where the runtime has none yet. */
export const disposeSymbol: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");
