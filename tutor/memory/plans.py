"""The study plan of a learner and what of it is finished."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from tutor.memory.codec import encode, readable
from tutor.memory.failures import no_plan, not_in_plan
from tutor.memory.profiles import hold_learner
from tutor.memory.storable import storable
from tutor.memory.tables import FINISHED_MODULES, STUDY_PLANS
from tutor.memory.upserting import insert_into
from tutor.planning.progress import StudyProgress, tasks
from tutor.planning.types import ModuleKey, Plan


async def read_plan(connection: AsyncConnection, owner: str) -> StudyProgress | None:
    """The plan with its ticks; None also where this version cannot read what another stored."""
    kept = select(STUDY_PLANS).where(STUDY_PLANS.c.learner_id == owner)
    row = (await connection.execute(kept)).one_or_none()
    plan = readable(Plan, row.plan) if row else None
    if row is None or plan is None:
        return None
    return StudyProgress(plan, row.begun, await _finished(connection, owner), row.weeks_before)


async def store_plan(
    connection: AsyncConnection, owner: str, progress: StudyProgress, now: datetime
) -> StudyProgress:
    """Keeps the plan in place of the one before, whose ticks stay."""
    await hold_learner(connection, owner)
    values = {
        "plan": encode(progress.plan),
        "begun": progress.begun,
        "weeks_before": progress.weeks_before,
        "drawn": now,
    }
    row = insert_into(connection, STUDY_PLANS).values(learner_id=owner, **values)
    await connection.execute(row.on_conflict_do_update(index_elements=["learner_id"], set_=values))
    return await _present_plan(connection, owner)


async def tick(
    connection: AsyncConnection,
    owner: str,
    parts: Collection[ModuleKey],
    done: bool,
    now: datetime,
) -> StudyProgress:
    """Ticks `parts`, or takes their ticks away; a part that was ticked before keeps its time."""
    progress = await _present_plan(connection, owner)
    known = tasks(progress.plan).union(progress.finished)
    for part in parts:
        if part not in known:
            raise not_in_plan(storable("/".join(part)))
    if parts and done:
        rows = [{"learner_id": owner, **part._asdict(), "finished": now} for part in parts]
        added = insert_into(connection, FINISHED_MODULES).on_conflict_do_nothing()
        await connection.execute(added, rows)
    elif parts:
        columns = FINISHED_MODULES.c
        named = tuple_(columns.course, columns.module).in_(list(parts))
        ticks = delete(FINISHED_MODULES).where(columns.learner_id == owner, named)
        await connection.execute(ticks)
    return await _present_plan(connection, owner)


async def erase_plan(connection: AsyncConnection, owner: str) -> None:
    """Erases the plan and, by their foreign key, its ticks."""
    await connection.execute(delete(STUDY_PLANS).where(STUDY_PLANS.c.learner_id == owner))


async def _present_plan(connection: AsyncConnection, owner: str) -> StudyProgress:
    progress = await read_plan(connection, owner)
    if progress is None:
        raise no_plan()
    return progress


async def _finished(connection: AsyncConnection, owner: str) -> Mapping[ModuleKey, datetime]:
    ticks = select(FINISHED_MODULES).where(FINISHED_MODULES.c.learner_id == owner)
    rows = await connection.execute(ticks.order_by(FINISHED_MODULES.c.finished))
    return {ModuleKey(row.course, row.module): row.finished for row in rows}
