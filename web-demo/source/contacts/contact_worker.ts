import * as Comlink from "comlink";
import { ContactService } from "./contact_service.ts";

Comlink.expose(new ContactService());
