import type { MemoryModule } from "./core_memory.ts";
import type { ZoneStretch } from "./zone_stretches.ts";

/** What bindings/wasm exports: plain functions of numbers, over bytes in `HEAPU8`. See bindings/wasm/bridge.h. */
export interface CoreModule extends MemoryModule {
  deltaAddress(): number;
  deltaCount(): number;
  openContact(idLength: number): number;
  closeContact(contact: number): number;
  apply(contact: number, length: number, now: number): number;
  advanceTo(contact: number, now: number): number;
  nextChangeAt(contact: number): number;
  has(contact: number, segmentIndex: number): number;
  memberships(contact: number): number;
  openContactCount(): number;
  setOrigin(sourceLength: number, epochLength: number): number;
  setRetention(retention: number): number;
  openSnapshot(idLength: number, snapshotLength: number): number;
  snapshot(contact: number): number;
  merge(contact: number, snapshotLength: number, now: number): number;
  join(contact: number, other: number, length: number, now: number): number;
  /** Not part of the lean module. */
  explain?(
    contact: number,
    segmentIndex: number,
    at: number,
    now: number,
    languageLength: number,
  ): number;
  /** Not part of the lean module. */
  timeline?(contact: number, segmentIndex: number, from: number, to: number): number;
}

/** What the studio module exports beyond that. */
export interface StudioModule extends CoreModule {
  textCount(): number;
  openDirectory(live: number): number;
  closeDirectory(): number;
  ingest(length: number): number;
  limitUntil(until: number): number;
  finish(): number;
  evaluate(at: number, withMembers: number): number;
  explainInDirectory(idLength: number, segmentIndex: number, at: number): number;
  sql(dialect: number, at: number, segmentIndex: number): number;
  tableRows(first: number): number;
  directoryStatistics(): number;
  author(task: number, subjectLength: number, optionsLength: number): number;
}

/** What the generated glue takes. */
export interface CoreModuleOptions {
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): WebAssembly.Exports;
  /** The core asks whether there is a time zone of exactly this name. */
  isZone(name: string): boolean;
  /** The core asks for the offset of such a zone around an instant; what null leaves open is UTC to it. */
  zoneStretch(name: string, instant: number): ZoneStretch | null;
}

export type ModuleFactory<Module extends MemoryModule> = (
  options: CoreModuleOptions,
) => Promise<Module>;

export type CoreModuleFactory = ModuleFactory<CoreModule>;
