using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "main")],
);

const main :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "core.wasm", wasm = embed "core.wasm"),
    (name = "audience.wasm", wasm = embed "audience.wasm"),
    (name = "studio.wasm", wasm = embed "studio.wasm"),
  ],
  compatibilityDate = "2026-10-01",
  compatibilityFlags = ["disallow_eval_during_startup"],
);
