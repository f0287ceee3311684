"""The courses that teach what a question asks the time of, and how long they take."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.types import Course, CourseStatus, Language
from tutor.planning.hours import study_hours

_MOST = 3
_MATHEMATICS = ("linear-algebra", "calculus", "probability")
# The particular goes before the general: "python" before "编程".
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"线性代数|线代|矩阵|linear algebra", ("linear-algebra",)),
    (r"微积分|高数|高等数学|求导|calculus", ("calculus",)),
    (r"概率|probability", ("probability",)),
    (r"统计|statistics", ("statistics",)),
    (r"凸优化|convex", ("convex-optimization",)),
    (r"数学|maths?(?![a-z])|mathematics", _MATHEMATICS),
    (r"pytorch", ("pytorch",)),
    (r"tensorflow", ("tensorflow",)),
    (r"keras", ("keras",)),
    (r"框架|frameworks?", ("pytorch", "tensorflow", "keras")),
    (r"python|编程|代码|programming|coding|(?<![a-z])code(?![a-z])", ("python", "programming")),
)


def courses_for(question: str, courses: Sequence[Course], language: Language) -> tuple[Course, ...]:
    """The courses that teach first of all what `question` names, those in `language` first."""
    folded = question.casefold()
    skills = next((skills for words, skills in _WORDS if re.search(words, folded)), ())
    found = [
        course
        for course in courses
        if course.status is CourseStatus.CURRENT
        and course.teaches[:1]
        and course.teaches[0] in skills
        and (language in course.languages or Language.ENGLISH in course.languages)
    ]
    found.sort(key=lambda c: (language not in c.languages, skills.index(c.teaches[0]), c.id))
    return tuple(found[:_MOST])


def estimated_hours(course: Course) -> float:
    """The hours of a whole course that states none, by our own estimate."""
    return sum(study_hours(course, module)[0] for module in course.modules)
