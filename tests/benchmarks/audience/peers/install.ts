const toolchain = new URL("../../../../bindings/toolchain/packages.mjs", import.meta.url);

/** Installs the databases beside this file, some 600 MB, unless they are there. */
export async function installPeers(): Promise<void> {
  const { ensureNodePackages } = (await import(toolchain.href)) as {
    ensureNodePackages(folder: string): void;
  };
  ensureNodePackages("tests/benchmarks/audience/peers");
}
