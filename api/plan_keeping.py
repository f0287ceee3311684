"""Keeping what an answer holds of a plan, the same way through every door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.plan_dates import local_today, next_monday
from corpus.types import Bilingual
from tutor.answer import Answer
from tutor.plan_wish import means_own_plan
from tutor.planning.progress import StudyProgress, drawn, next_week_begins

if TYPE_CHECKING:
    from tutor.memory.store import ConversationStore

_KEPT = Bilingual(
    zh="已记为你的计划。学完一周说一声就行，比如“第 1 周学完了”。",
    en='Kept as your plan. Say so when a week is finished, as in "I finished week 1".',
)
_REPLACED = Bilingual(
    zh="你的计划已换成这一份，学完的都还记着。",
    en="This takes the place of your plan; what you have finished is still noted.",
)


async def keep_study(
    store: ConversationStore, owner: str, answer: Answer, before: StudyProgress | None
) -> Bilingual | None:
    """Keeps the plan of `answer` as that of `owner`, who kept `before`, or ticks what they said to
    have finished; gives what to tell them of it, if anything.

    A plan that is kept already gives way only to one that was meant to replace it, not to one that
    a question about something else came with. Raises ConversationError.
    """
    if answer.finished:
        await store.mark_done(owner, answer.finished, done=True)
    meant = before is None or means_own_plan(answer.question)
    if answer.plan is None or not answer.plan.weeks or not meant:
        return None
    today = local_today()
    begins = next_week_begins(before, today) if before else next_monday(today)
    await store.keep_plan(owner, drawn(answer.plan, begins, before))
    return _REPLACED if before else _KEPT
