import { nodeResolve } from "@rollup/plugin-node-resolve";

export default {
  input: "page/main.mjs",
  output: { file: "out/rollup/main.mjs", format: "es" },
  plugins: [nodeResolve()],
};
