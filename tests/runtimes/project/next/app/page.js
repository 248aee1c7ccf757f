"use client";

import { createEngine } from "@fosterflow/segments";
import { createAudience } from "@fosterflow/segments/audience";
import { instantiate, templates } from "@fosterflow/segments/authoring";
import { useEffect } from "react";
import { decide } from "../program.mjs";

async function start() {
  const outcome = await decide({ createEngine, createAudience, instantiate, templates });
  await fetch("/outcome", { method: "POST", body: JSON.stringify(outcome) });
}

export default function Page() {
  // In the browser only: the page that the server renders has no engine.
  useEffect(() => {
    start().catch((error) => fetch("/failure", { method: "POST", body: error.message }));
  }, []);
  return <p>Segments in a client component</p>;
}
