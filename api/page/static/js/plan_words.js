/** How hours, days and reasons of a plan are written. */
import { language, say } from "./interface.js";

/** What a learner may bring along: the field of the request, and the texts about it. */
export const SUBJECTS = [
  { id: "mathematics", text: "plan_mathematics", menu: "plan_mathematics_menu" },
  { id: "programming", text: "plan_programming", menu: "plan_programming_menu" },
  { id: "machine_learning", text: "plan_machine_learning", menu: "plan_machine_learning_menu" },
];

const REASONS = {
  time: "plan_left_time",
  cost: "plan_left_cost",
  skipped: "plan_left_skipped",
};

/** `hours` to one decimal, without a needless zero. */
export const figure = (hours) => String(Math.round(hours * 10) / 10);

/** An amount of hours; `estimated` where it is our own estimate. */
export function hoursText(hours, estimated = false) {
  return say("plan_hours", { n: (estimated ? "≈" : "") + figure(hours) });
}

/** Whether any hours of a step are our own estimate. */
export const isEstimated = ({ modules }) =>
  modules.some((module) => module.hours_basis === "estimated");

/** Hours of one module: those of this week, of how many in all. */
export function moduleHours({ hours, of_hours: whole, hours_basis: basis }) {
  const mark = basis === "estimated" ? "≈" : "";
  return figure(hours) === figure(whole)
    ? hoursText(whole, mark !== "")
    : say("plan_part_hours", { n: mark + figure(hours), whole: figure(whole) });
}

/** How many hours more or less the whole plan takes with another course. */
export function difference(hours) {
  const n = figure(Math.abs(hours));
  if (n === "0") {
    return say("plan_same_hours");
  }
  return say(hours > 0 ? "plan_more_hours" : "plan_fewer_hours", { n });
}

/** The day on which a week begins, from an ISO date. */
export function firstDay(starts) {
  const [locale, month] = language() === "zh" ? ["zh-CN", "long"] : ["en-GB", "short"];
  const options = { month, day: "numeric", timeZone: "UTC" };
  const day = new Date(`${starts}T00:00:00Z`).toLocaleDateString(locale, options);
  return say("plan_from_day", { day });
}

/** Why something was left out, in a word or two. */
export const leftReason = (reason) => say(REASONS[reason]);
