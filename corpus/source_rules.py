"""What a source file must keep beyond its form, for the bundled files and for those to come.

Every rule yields its faults: the field, what is wrong, and what to do, without a full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.claim_support import LEAST_SUPPORT, support
from corpus.course_labels import ORIGINS, SKILLS
from corpus.course_names import find_courses
from corpus.skills import load_skills
from corpus.types import Bilingual, Course, Perspective

GUESS = "guess / 猜测"
"""Stands in a comment above a label that a program guessed, until somebody has confirmed it."""

_GUESSED_LINE = re.compile(rf"^[ \t]*#.*{re.escape(GUESS)}", re.MULTILINE)
_HALF_WIDTH = re.compile(r".?(?:[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]).?")
_CHINESE_SIGN = re.compile(r".?[，。！？；：、「」『』《》（）].?")
_LINE_KIND = re.compile(r"#+|-|")
_SECTION = "##"


def perspective_faults(
    perspective: Perspective, courses: Sequence[Course]
) -> tuple[Bilingual, ...]:
    """What is wrong with a restated `perspective` whose form is right, `courses` being known."""
    return (
        *_structure(perspective),
        *_punctuation(perspective),
        *_unsupported(perspective),
        *_unknown_courses(perspective, courses),
        *_unnamed_courses(perspective, courses),
    )


def unconfirmed_faults(text: str) -> tuple[Bilingual, ...]:
    """The fault of a perspective file that still marks labels as guessed; `text` is the file."""
    marks = len(_GUESSED_LINE.findall(text))
    if not marks:
        return ()
    fault = Bilingual(
        f"有 {marks} 条看法还标着“{GUESS}”；请对照原文改好或删去这条看法，再删去这行注释",
        f'"{GUESS}" still stands above positions ({marks}); correct or remove each by the '
        "original, then remove the comment",
    )
    return (fault,)


def course_faults(course: Course) -> tuple[Bilingual, ...]:
    """What is wrong with a `course` whose form is right: short names that nothing explains."""
    skills = [*course.teaches, *(p.skill for p in course.prerequisites if p.skill)]
    skills += [skill for module in course.modules for skill in module.skills]
    placeless = SKILLS.keys() - load_skills().keys()
    origins = [p.source for p in course.prerequisites]
    origins += [course.hours_basis] if course.hours_basis else []
    return (
        *(_wordless("skill", name) for name in dict.fromkeys(skills) if name not in SKILLS),
        *(_placeless(name) for name in dict.fromkeys(skills) if name in placeless),
        *(_wordless("source", name) for name in dict.fromkeys(origins) if name not in ORIGINS),
    )


def _wordless(kind: str, name: str) -> Bilingual:
    return Bilingual(
        f"{kind} 的 {name} 没有中英文说法；请改用 corpus/course_labels.py 里有的，或在那里补上",
        f"the {kind} {name} has no words in the two languages; "
        "use one of those in corpus/course_labels.py or add it there",
    )


def _placeless(skill: str) -> Bilingual:
    return Bilingual(
        f"技能 {skill} 不在 corpus/skills.yaml 里；请在那里写明学了它能做什么、要先会什么",
        f"the skill {skill} is not in corpus/skills.yaml; "
        "say there what one can do with it and what comes before it",
    )


def _structure(perspective: Perspective) -> Iterator[Bilingual]:
    kinds = [
        [match[0] for line in text.body.splitlines() if (match := _LINE_KIND.match(line))]
        for text in perspective.texts
    ]
    if any(each != kinds[0] for each in kinds):
        yield Bilingual(
            "# 中文 和 # English 下面的标题、段落和列表不一一对应；请改成相同的结构",
            "the texts below # 中文 and # English differ in their headings, paragraphs or lists; "
            "give both the same structure",
        )
    elif _SECTION not in kinds[0]:
        yield Bilingual(
            "正文里没有小标题；请在每一部分上面写一行 ## 标题",
            "the text has no headings; put a line ## Heading above each part",
        )


def _punctuation(perspective: Perspective) -> Iterator[Bilingual]:
    for field, said in _sentences(perspective):
        if wrong := _HALF_WIDTH.search(said.zh):
            yield Bilingual(
                f"{field.zh} 的中文用了半角标点（{wrong[0]}）；请改成全角",
                f"the Chinese of {field.en} has half-width punctuation ({wrong[0]}); "
                "make it full-width",
            )
        if wrong := _CHINESE_SIGN.search(said.en):
            yield Bilingual(
                f"{field.zh} 的英文用了中文标点（{wrong[0]}）；请改成英文标点",
                f"the English of {field.en} has Chinese punctuation ({wrong[0]}); replace it",
            )


def _sentences(perspective: Perspective) -> Iterator[tuple[Bilingual, Bilingual]]:
    """What is said in both languages, each behind the name of its field."""
    said = [("question", perspective.question), ("title", perspective.title)]
    said += [
        (f"positions.{index}.says", position.says)
        for index, position in enumerate(perspective.positions)
        if position.says
    ]
    said += [
        (f"paths.{index}.steps.{number}", step.text)
        for index, path in enumerate(perspective.paths)
        for number, step in enumerate(path.steps)
    ]
    yield from ((Bilingual(f"字段 {field}", f"field {field}"), words) for field, words in said)
    chinese, english = perspective.texts
    yield Bilingual("正文", "the text"), Bilingual(chinese.body, english.body)


def _unsupported(perspective: Perspective) -> Iterator[Bilingual]:
    for index, position in enumerate(perspective.positions):
        found = support(position.says, perspective) if position.says else None
        if found is not None and found < LEAST_SUPPORT:
            yield Bilingual(
                f"字段 positions.{index}.says 在正文里找不到；请让正文用一两句连着的话说同样的意思",
                f"field positions.{index}.says does not stand in the text; "
                "let one or two consecutive sentences of it say the same",
            )


def _unknown_courses(perspective: Perspective, courses: Sequence[Course]) -> Iterator[Bilingual]:
    modules = {course.id: {module.id for module in course.modules} for course in courses}
    named = [
        (f"paths.{index}.steps.{number}", step.course, step.modules)
        for index, path in enumerate(perspective.paths)
        for number, step in enumerate(path.steps)
    ]
    named += [(f"resources.{i}", each.course, ()) for i, each in enumerate(perspective.resources)]
    for field, course, wanted in named:
        if course is not None and course not in modules:
            yield Bilingual(
                f"字段 {field}.course 写了 {course}，但没有这门课；请改正，或删去 course",
                f"field {field}.course names {course}, which is no course; correct or remove it",
            )
        elif missing := ", ".join(each for each in wanted if each not in modules[course or ""]):
            yield Bilingual(
                f"字段 {field}.modules 写了 {missing}，但 {course} 没有这个单元；请改正",
                f"field {field}.modules names {missing}, which {course} does not have; correct it",
            )


def _unnamed_courses(perspective: Perspective, courses: Sequence[Course]) -> Iterator[Bilingual]:
    for index, resource in enumerate(perspective.resources):
        found = find_courses(resource.name, courses) if resource.course is None else ()
        if found:
            yield Bilingual(
                f"字段 resources.{index} 就是课程 {found[0]}；请补上 course: {found[0]}",
                f"field resources.{index} is our course {found[0]}; add course: {found[0]}",
            )
