"""The page of one course."""

from __future__ import annotations

from dataclasses import replace

from api.course_view import course_page
from api.render_plain import plain
from corpus.types import Language
from tests.corpus.graph_material import module
from tests.corpus.index_material import course


def test_our_estimate_of_hours_is_told_from_what_the_course_says() -> None:
    known = replace(course("knots"), modules=(module("a"),), module_hours=1.5)
    english, chinese = (
        plain(course_page(known, language)) for language in (Language.ENGLISH, Language.CHINESE)
    )
    assert "Hours per unit: about 1.5 (our estimate, not the course's)" in english
    assert "每个单元的学时：约 1.5 小时（我们的估计，不是课程给的）" in chinese
    unknown = plain(course_page(replace(known, module_hours=None), Language.ENGLISH))
    assert "estimate" not in unknown
