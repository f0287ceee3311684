"""The file of skills: what a good one gives, what each broken rule is told, and the bundled one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from corpus.course_files import load_courses
from corpus.course_labels import SKILLS, STAGES
from corpus.errors import SourceFileError
from corpus.skills import Skill, SkillEdge, Stage, load_skills, parse_skills
from corpus.types import Bilingual

GOOD = """\
neural-networks:
  stage: deep-learning
  can: {zh: 搭一个网络, en: build a network}
attention:
  stage: deep-learning
  can: {zh: 算出注意力, en: compute attention}
  requires:
    - {skill: neural-networks, source: d2l}
deep-learning:
  stage: deep-learning
  can: {zh: 训练一个深度网络, en: train a deep network}
  parts: [neural-networks, attention]
"""


def parsed(text: str, sources: Collection[str] = ("d2l",)) -> Mapping[str, Skill]:
    return parse_skills(text, "skills.yaml", sources)


def refusal(text: str, sources: Collection[str] = ("d2l",)) -> str:
    with pytest.raises(SourceFileError) as caught:
        parsed(text, sources)
    assert caught.value.message.zh.startswith("skills.yaml：")
    return caught.value.message.en


def test_a_good_file_becomes_skills_by_id() -> None:
    skills = parsed(GOOD)
    assert list(skills) == ["neural-networks", "attention", "deep-learning"]
    assert skills["attention"] == Skill(
        id="attention",
        name=SKILLS["attention"],
        can=Bilingual("算出注意力", "compute attention"),
        stage=Stage.DEEP_LEARNING,
        requires=(SkillEdge("neural-networks", "d2l"),),
    )
    assert skills["deep-learning"].before == ("neural-networks", "attention")


def test_a_skill_needs_words() -> None:
    assert "the skill juggling has no words" in refusal(GOOD.replace("attention:", "juggling:", 1))


def test_a_skill_names_only_skills_of_the_file() -> None:
    text = GOOD.replace("skill: neural-networks", "skill: calculus")
    assert "attention names calculus, which the file does not have" in refusal(text)
    text = GOOD.replace("parts: [neural-networks", "parts: [calculus")
    assert "deep-learning names calculus, which the file does not have" in refusal(text)


def test_an_edge_goes_back_to_a_source_that_there_is() -> None:
    assert "attention goes back to d2l, which is the id of no course" in refusal(GOOD, ["nndl"])


def test_a_circle_is_named() -> None:
    text = GOOD.replace(
        "build a network}", "build a network}\n  requires: [{skill: deep-learning, source: d2l}]"
    )
    circle = "neural-networks → attention → deep-learning → neural-networks"
    assert f"the skills go round in a circle: {circle}; remove one" in refusal(text)


def test_every_fault_is_told_at_once() -> None:
    text = GOOD.replace("attention:", "juggling:", 1)
    said = refusal(text, ["nndl"])
    assert "the skill juggling has no words" in said
    assert "deep-learning names attention" in said


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("stage: deep-learning", "stage: cooking", "field neural-networks.stage must be"),
        ("can: {zh: 搭一个网络, en", "can: {en", "field neural-networks.can.zh is missing"),
        ("requires:", "needs:", "field attention.needs is not a known field"),
        ("skill: neural-networks, ", "", "field attention.requires.0.skill is missing"),
    ],
)
def test_a_wrong_field_is_named(old: str, new: str, fault: str) -> None:
    assert fault in refusal(GOOD.replace(old, new, 1))


def test_the_bundled_skills_are_all_that_have_words_and_all_that_courses_name() -> None:
    skills = load_skills()
    assert set(skills) == set(SKILLS)
    for course in load_courses():
        named = {*course.teaches, *(each.skill for each in course.prerequisites if each.skill)}
        named |= {skill for module in course.modules for skill in module.skills}
        assert named <= set(skills), course.id


def test_every_stage_has_words() -> None:
    assert list(STAGES) == [stage.value for stage in Stage]
