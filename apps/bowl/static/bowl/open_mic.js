/** The open mic on every screen: names in a bowl, a draw anyone can check, four minutes each. */
import { stylesheet } from "../screens/parts/stylesheet.js";
import { OpenMicConsole } from "./console.js";
import { Beside, OpenMicPhone } from "./phone.js";
import { OpenMicStage } from "./stage.js";

await stylesheet(import.meta.resolve("./bowl.css"));

export default { phone: OpenMicPhone, beside: Beside, stage: OpenMicStage, console: OpenMicConsole };
