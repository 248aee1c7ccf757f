import * as Comlink from "comlink";
import { EngineService } from "./engine_service.ts";

Comlink.expose(new EngineService((told) => self.postMessage(told)));
