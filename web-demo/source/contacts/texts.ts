import { addScreenTexts } from "../language/screen_texts.ts";
import de from "./de.json";
import en from "./en.json";

addScreenTexts("contacts", { en, de });
