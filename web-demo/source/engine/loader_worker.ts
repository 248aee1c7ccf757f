import * as Comlink from "comlink";
import { LoaderService } from "./loader_service.ts";

Comlink.expose(new LoaderService());
