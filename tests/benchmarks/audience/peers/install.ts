const toolchain = new URL("../../../../bindings/toolchain/packages.mjs", import.meta.url);

/** Installs the databases beside this file, some 600 MB, unless they are there. */
export async function installPeers(): Promise<void> {
  const { ensureNodePackages } = (await import(toolchain.href)) as {
    ensureNodePackages(folder: string, command: readonly string[]): void;
  };
  // `npm ci` wants the binaries of all systems in the lock file, which has those of Linux on x64; this pins as well, and
  // finds the others.
  ensureNodePackages("tests/benchmarks/audience/peers", ["install", "--no-save"]);
}
