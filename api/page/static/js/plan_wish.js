/** What the plan that is shown was drawn for, with every change that is not drawn yet. */
export class PlanWish {
  #drawn = null;
  #asked = null;

  /** Takes over what a plan was drawn for, for the time that is left. */
  show({ request }, { weeks_left: weeks }) {
    const { goal, direction, hours_per_week, language, background, budget, swaps } = request;
    this.#drawn = { goal, direction, weeks, hours_per_week, language, background, budget, swaps };
  }

  /** All that is wanted now, with `change`, which tells of the background only what is new. */
  change(change) {
    const before = this.#asked ?? this.#drawn;
    const background = { ...before.background, ...change.background };
    this.#asked = { ...before, ...change, background };
    return this.#asked;
  }

  /** The same with the course `to` in place of `away`; one that is wanted again is not away. */
  swap(away, to) {
    const swaps = this.#swaps.filter((swap) => swap.away !== to);
    return this.change({ swaps: [...swaps, { away, to }] });
  }

  /** The same without one of the swaps. */
  unswap(undone) {
    return this.change({ swaps: this.#swaps.filter((swap) => swap.away !== undone.away) });
  }

  /** Nothing is under way any more: what is shown counts again. */
  settle() {
    this.#asked = null;
  }

  get #swaps() {
    return (this.#asked ?? this.#drawn).swaps;
  }
}
