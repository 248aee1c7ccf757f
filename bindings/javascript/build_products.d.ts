// What bundling puts in: Emscripten's glue, and the core's bytes as base64 text.

declare module "#engine-module" {
  const createCoreModule: import("./core_module.ts").CoreModuleFactory;
  export default createCoreModule;
}

declare module "#studio-module" {
  const createStudioModule: import("./core_module.ts").ModuleFactory<
    import("./core_module.ts").StudioModule
  >;
  export default createStudioModule;
}

declare module "#engine-wasm" {
  const base64: string;
  export default base64;
}

declare module "#audience-module" {
  const createAudienceModule: import("./core_module.ts").ModuleFactory<
    import("./audience_core.ts").AudienceModule
  >;
  export default createAudienceModule;
}

declare module "#audience-wasm" {
  const base64: string;
  export default base64;
}

declare module "#studio-wasm" {
  const base64: string;
  export default base64;
}

// What hosts make of the file beside an entry, which bundling leaves as it is. The host's word is not taken for it.

declare module "*.wasm" {
  const module: unknown;
  export default module;
}

declare module "*.wasm?module" {
  const module: unknown;
  export default module;
}
