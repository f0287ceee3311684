"""How long a module takes."""

from __future__ import annotations

from corpus.types import Course, Module
from tutor.planning.types import HoursBasis

UNKNOWN = 4.0  # hours of a module that nobody has estimated
_STEP = 0.5


def study_hours(course: Course, module: Module) -> tuple[float, HoursBasis]:
    """The study hours of a module and where they come from.

    What the syllabus says of the module, else its equal share of the whole course, else our own
    estimate. Shares and estimates are rounded to half hours: they are no more exact than that.
    """
    if module.hours is not None:
        return module.hours, HoursBasis.STATED
    if course.hours is not None:
        return to_half_hours(course.hours / len(course.modules)), HoursBasis.SHARED
    return to_half_hours(course.module_hours or UNKNOWN), HoursBasis.ESTIMATED


def to_half_hours(hours: float) -> float:
    """`hours` rounded to the nearest half hour, at least one half."""
    return max(_STEP, round(hours / _STEP) * _STEP)
