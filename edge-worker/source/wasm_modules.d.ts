/** On workerd the import of such a file is the compiled module. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
