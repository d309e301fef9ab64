/** The end on every screen: stay connected, pictures, and something to take home. */
import { stylesheet } from "../screens/parts/stylesheet.js";
import { ClosingConsole } from "./console.js";
import { ClosingPhone } from "./phone.js";
import { ClosingStage } from "./stage.js";

await stylesheet(import.meta.resolve("./farewell.css"));

export default { phone: ClosingPhone, stage: ClosingStage, console: ClosingConsole };
