/** What workerd is told, as its own format has it (Cap'n Proto text). */

/** As in wrangler.jsonc; the newest that every tool takes. */
export const compatibilityDate = "2026-10-01";

/**
 * @typedef {{
 *   name: string,
 *   modules: import("./bundle.mjs").WorkerModule[],
 *   bindings: readonly string[],
 *   objects?: readonly { className: string, uniqueKey: string }[],
 *   outbound?: string,
 *   disk?: string,
 * }} WorkerService
 */

/**
 * @param {{
 *   workers: readonly WorkerService[],
 *   services: readonly string[],
 *   socket: { address: string, service: string },
 * }} parts
 * @returns {string}
 */
export function workerdConfiguration({ workers, services, socket }) {
  const declared = workers.map(
    ({ name }) => `    (name = ${text(name)}, worker = .${constant(name)}),`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
${declared.join("\n")}
${services.map((service) => `    ${service},`).join("\n")}
  ],
  sockets = [(name = "http", address = ${text(socket.address)}, http = (), service = ${text(socket.service)})],
);

${workers.map(workerConstant).join("\n\n")}
`;
}

/** @param {WorkerService} worker */
function workerConstant({ name, modules, bindings, objects = [], outbound, disk }) {
  const lines = [
    `  modules = [`,
    ...modules.map(
      ({ name: module, path, kind }) =>
        `    (name = ${text(module)}, ${kind} = embed ${text(path)}),`,
    ),
    `  ],`,
    `  compatibilityDate = ${text(compatibilityDate)},`,
    `  bindings = [`,
    ...bindings.map((binding) => `    ${binding},`),
    `  ],`,
  ];
  if (objects.length > 0) {
    lines.push(`  durableObjectNamespaces = [`);
    for (const { className, uniqueKey } of objects) {
      lines.push(
        `    (className = ${text(className)}, uniqueKey = ${text(uniqueKey)}, enableSql = true),`,
      );
    }
    lines.push(`  ],`);
  }
  if (disk !== undefined) lines.push(`  durableObjectStorage = (localDisk = ${text(disk)}),`);
  if (outbound !== undefined) lines.push(`  globalOutbound = ${text(outbound)},`);
  return `const ${constant(name)} :Workerd.Worker = (\n${lines.join("\n")}\n);`;
}

/** @param {string} name */
function constant(name) {
  return `${name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())}Worker`;
}

/**
 * A text of Cap'n Proto.
 * @param {string} value
 */
export function text(value) {
  return `"${value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n")}"`;
}

/**
 * @param {string} name
 * @param {string} value
 */
export const textBinding = (name, value) => `(name = ${text(name)}, text = ${text(value)})`;

/**
 * @param {string} name
 * @param {string} service
 */
export const serviceBinding = (name, service) =>
  `(name = ${text(name)}, service = ${text(service)})`;

/**
 * A namespace of Durable Objects, perhaps those of another worker.
 * @param {string} name
 * @param {string} className
 * @param {string} [service]
 */
export const objectBinding = (name, className, service) =>
  service === undefined
    ? `(name = ${text(name)}, durableObjectNamespace = ${text(className)})`
    : `(name = ${text(name)}, durableObjectNamespace = (className = ${text(className)}, serviceName = ${text(service)}))`;
