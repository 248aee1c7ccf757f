/** The key that `using` calls; a stand-in where the runtime has none yet. */
export const disposeSymbol: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");
