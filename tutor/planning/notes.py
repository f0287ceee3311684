"""What was replaced, costs money, or is in another language."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.types import Bilingual, Language
from tutor.planning.alternatives import alternatives
from tutor.planning.candidates import is_free
from tutor.planning.choosing import Choice
from tutor.planning.wording import person_of, sentence, title_of


def notes(choice: Choice) -> Iterator[Bilingual]:
    """The path that is followed, then one sentence each in the order of the plan's courses."""
    route = choice.route()
    if route is not None and route.person.author:
        person = person_of(route.person)
        yield sentence(
            f"主线是{person.zh}的路线，其余按目标补上。",
            f"The plan follows the path of {person.en} and adds what the goal asks for besides.",
        )
    for course in dict.fromkeys(unit.key.course for unit in choice.planned()):
        yield from _superseded(choice, course)
        yield from _paid(choice, course)
        yield from _language(choice, course)


def _superseded(choice: Choice, course: str) -> Iterator[Bilingual]:
    new = title_of(choice.knowledge.courses[course])
    namings = choice.advice.by_course.get(course, ())
    for old in dict.fromkeys(n.course for n in namings if n.course != course):
        people = len({naming.person.id for naming in namings if naming.course == old})
        title = title_of(choice.knowledge.courses[old])
        yield sentence(
            f"{people} 位推荐的是旧版{title.zh}，它已被{new.zh}取代，"
            "计划用的是新版里教同样内容的部分。",
            f"{people} {'person names' if people == 1 else 'people name'} {title.en}, which "
            f"{new.en} has superseded; the plan uses the parts of the new one that teach the same.",
        )


def _paid(choice: Choice, course: str) -> Iterator[Bilingual]:
    about = choice.knowledge.courses[course]
    if is_free(about):
        return
    title = title_of(about)
    free = [other for other in alternatives(choice, course) if other.free]
    if free:
        instead = title_of(choice.knowledge.courses[free[0].course])
        yield sentence(
            f"{title.zh}要花钱；免费的替代是{instead.zh}。",
            f"{title.en} costs money; {instead.en} is a free alternative.",
        )
    else:
        yield sentence(
            f"{title.zh}要花钱；我们没有找到能完全代替它的免费课程。",
            f"{title.en} costs money; we know of no free course that replaces it entirely.",
        )


def _language(choice: Choice, course: str) -> Iterator[Bilingual]:
    about = choice.knowledge.courses[course]
    if choice.request.learner.language not in about.languages:
        english = Language.ENGLISH in about.languages
        title = title_of(about)
        yield sentence(
            f"{title.zh}只有{'英文' if english else '中文'}。",
            f"{title.en} is in {'English' if english else 'Chinese'} only.",
        )
