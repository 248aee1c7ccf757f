import { parseArgs } from "node:util";
import { faultRun } from "./fault_run.ts";
import { wranglerDev } from "./wrangler_dev.ts";

/** The tests of the edge worker that need a process of workerd: `npm run test:edge`, `npm run test:edge -- --faults`. */
const { values: options } = parseArgs({
  options: {
    faults: { type: "boolean", default: false },
    "wrangler-dev": { type: "boolean", default: false },
    messages: { type: "string", default: "5000" },
    contacts: { type: "string", default: "200" },
    kills: { type: "string", default: "6" },
    port: { type: "string", default: "8793" },
  },
});

if (options["wrangler-dev"]) console.log(await wranglerDev(Number(options.port)));
if (options.faults) {
  const report = await faultRun({
    messages: Number(options.messages),
    contacts: Number(options.contacts),
    kills: Number(options.kills),
    connections: 8,
    port: Number(options.port),
  });
  console.log(report);
}
