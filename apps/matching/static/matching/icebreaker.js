/** The icebreaker on every screen: your group, its sign, and the question. */
import { stylesheet } from "../screens/parts/stylesheet.js";
import { IcebreakerConsole } from "./console.js";
import { IcebreakerPhone } from "./phone.js";
import { IcebreakerStage } from "./stage.js";

await stylesheet(import.meta.resolve("./matching.css"));

export default { phone: IcebreakerPhone, stage: IcebreakerStage, console: IcebreakerConsole };
