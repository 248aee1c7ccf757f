import * as Comlink from "comlink";
import { DataService } from "./data_service.ts";

Comlink.expose(new DataService());
