// What every page does: the reader's times and theme, keys, copying, following what comes in.
import { localize } from "./times.js";
import { startTheme } from "./theme.js";
import { startKeys } from "./keys.js";
import { startCopying, startForms } from "./controls.js";
import { startCompletion } from "./complete.js";
import { startLive } from "./live.js";

localize(document);
startTheme();
startKeys();
startCopying();
startForms();
startCompletion();
startLive();
