"""A kept plan and what of it is finished, as JSON."""

from __future__ import annotations

from typing import Any

from api.plan_json import module_name, plan_object
from tutor.planning.progress import (
    StudyProgress,
    finished_weeks,
    share_finished,
    ticked,
    weeks_left,
)


def kept_plan_object(progress: StudyProgress | None) -> dict[str, Any]:
    """`plan` as in `plan_object`, dated and ticked, and `progress`; null where there is none.

    `progress.finished` names modules as "course/module", and the project in week 3 "project/3".
    """
    if progress is None:
        return {"plan": None, "progress": None}
    return {
        "plan": plan_object(ticked(progress), progress.begun),
        "progress": {
            "begun": progress.begun.isoformat(),
            "weeks_finished": finished_weeks(progress),
            "weeks_left": weeks_left(progress),
            "share": share_finished(progress),
            "finished": [
                {"part": module_name(key), "at": at.isoformat()}
                for key, at in progress.finished.items()
            ],
        },
    }
