import type { MemoryModule } from "./core_memory.ts";
import type { ModuleFactory } from "./core_module.ts";
import { coreUnavailable } from "./core_unavailable.ts";
import { isZone, zoneStretch } from "./zone_stretches.ts";

/** Starts an instance of a compiled core. It settles once, whatever goes wrong. */
export function instantiateCore<Module extends MemoryModule>(
  createModule: ModuleFactory<Module>,
  module: WebAssembly.Module,
): Promise<Module> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) =>
      reject(
        coreUnavailable(
          "the compiled core could not be started",
          // WebKit compiles where the policy forbids WebAssembly, and refuses here.
          "Under a Content-Security-Policy allow 'wasm-unsafe-eval'; " +
            "of cores, use the one of this very version of the package",
          cause,
        ),
      );
    createModule({
      isZone,
      zoneStretch,
      // The glue does not see a failure in here, so it goes to our own promise.
      instantiateWasm(imports, receive) {
        WebAssembly.instantiate(module, imports)
          .then((instance) => receive(instance, module))
          .catch(fail);
        return {};
      },
    }).then(resolve, fail);
  });
}
