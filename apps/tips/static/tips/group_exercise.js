/** The group exercise on every screen: notes written in a hand, looked at by the crew, gathered on one wall. */
import { stylesheet } from "../screens/parts/stylesheet.js";
import { GroupExerciseConsole } from "./console.js";
import { Beside, GroupExercisePhone } from "./phone.js";
import { GroupExerciseStage } from "./stage.js";

await stylesheet(import.meta.resolve("./tips.css"));

export default { phone: GroupExercisePhone, beside: Beside, stage: GroupExerciseStage, console: GroupExerciseConsole };
