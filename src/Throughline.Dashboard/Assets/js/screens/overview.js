// While the demo's services start nothing comes in that would make the page ask again.
import { renew } from "../live.js";

const everyMs = 2000;

setInterval(() => {
  if (!document.hidden && document.querySelector("[data-demo='running']")) renew().catch(() => {});
}, everyMs);
