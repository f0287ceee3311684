"""The graph of courses and skills as text, for Mermaid, for Graphviz and as JSON."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace

import pytest
from typer.testing import Result

from api.course_graph_diagrams import dot, mermaid
from api.course_graph_view import course_graph_page, whole_graph_page
from api.course_graph_words import GraphWords
from api.render_plain import plain
from corpus.precedence import CourseGraph, course_key
from corpus.types import Bilingual, Language
from tests.corpus.graph_material import COURSES, SKILLS, graph, needing
from tests.corpus.index_material import course

Tutor = Callable[..., Result]
CHINESE = {"LANG": "zh_CN.UTF-8"}


def words(made: CourseGraph, language: Language = Language.ENGLISH) -> GraphWords:
    return GraphWords(made, {"old-hand": "老周"}, language)


def test_the_whole_page_says_for_each_skill_and_course_what_comes_before_and_by_whom() -> None:
    page = plain(whole_graph_page(graph(), words(graph())))
    assert page.startswith("## Machine learning\nskill rope [rope]\n  taught by: knots-book\n")
    assert "skill knots [knots]\n  ← skill rope (first, according to Course sailing)\n" in page
    parts = "skill knots, skill wind (part of it, according to our own division of the field)"
    assert f"skill seamanship [seamanship]\n  ← {parts}\n  taught by: sailing" in page
    assert "Course racing [racing]\n  ← Course old-sailing (advised, according to the cou" in page
    assert "\n  ← skill wind (required, according to a teacher)" in page
    assert "skill wind [wind]\n  taught by no course here\n" in page


def test_the_page_of_a_course_is_a_tree_with_each_branch_once() -> None:
    made = graph(*COURSES, needing("regatta", "seamanship", "knots"))
    lines = plain(course_graph_page(made, course_key("regatta"), words(made))).splitlines()
    assert lines[0] == "Course regatta [regatta]"
    assert "    - skill rope [rope]: first, according to Course sailing" in lines
    assert lines[-1] == "- skill knots [knots]: required, according to a teacher, see above"


def test_a_tree_does_not_send_anybody_to_the_course_itself() -> None:
    taught = replace(needing("regatta", "knots"), teaches=("knots",))
    page = plain(course_graph_page(graph(taught), course_key("regatta"), words(graph(taught))))
    assert "taught by: regatta" not in page


def test_what_the_contents_build_on_has_a_heading_of_its_own() -> None:
    made = graph(replace(course("steep"), teaches=("knots",)))
    page = plain(course_graph_page(made, course_key("steep"), words(made)))
    assert "No prerequisites are stated.\n\n## What its own contents build on\nskill knots" in page


def test_pages_are_chinese_for_chinese_readers() -> None:
    made = graph()
    page = plain(whole_graph_page(made, words(made, Language.CHINESE)))
    assert "  ← 《课程knots-book》（必需，依据：课程自己的说明）" in page
    assert "  ← 技能knots、技能wind（组成部分，依据：我们的划分）" in page
    assert not re.search(r"[\u4e00-\u9fff][,:;(]", page)


def test_a_person_who_says_so_goes_by_name() -> None:
    made = graph()
    told = replace(made, edges=tuple(replace(edge, source="old-hand") for edge in made.edges))
    assert "(first, according to 老周)" in plain(whole_graph_page(told, words(told)))


def test_what_nobody_describes_is_told() -> None:
    made = graph(needing("racing", "luck"))
    assert "Named but described nowhere: luck." in plain(whole_graph_page(made, words(made)))


def test_a_mermaid_diagram_names_every_node_and_says_who_asks_at_every_arrow() -> None:
    made = graph()
    lines = [line.strip() for line in mermaid(made, words(made), labelled=True).splitlines()]
    assert lines[:2] == ["flowchart LR", 'subgraph stage_machine_learning["Machine learning"]']
    assert 'skill_rope(["skill rope"])' in lines
    assert 'course_knots_book["Course knots-book"]' in lines
    arrow = '-->|"required, according to the course itself"|'
    assert f"course_knots_book {arrow} course_sailing" in lines
    assert any(line.startswith("course_old_sailing -.->|") for line in lines)
    assert any(line.startswith("skill_wind --o|") for line in lines)
    assert not any("module" in line for line in lines)


def test_without_labels_the_sources_stand_in_comments() -> None:
    made = graph()
    lines = [line.strip() for line in mermaid(made, words(made), labelled=False).splitlines()]
    at = lines.index("course_knots_book --> course_sailing")
    assert lines[at + 1] == '%% "required, according to the course itself"'


def test_titles_cannot_break_a_diagram() -> None:
    title = 'A "quoted" #1 <b>\n`code` \\n [x] | {y} \\'
    made = graph(replace(course("one"), title=Bilingual(title, title)))
    drawn = mermaid(made, words(made), labelled=True)
    label = "A #34;quoted#34; #35;1 #60;b#62; #96;code#96; #92;n #91;x#93; #124; #123;y#125; #92;"
    assert f'course_one["{label}"]' in drawn
    label = 'A \\"quoted\\" #1 <b> `code` \\\\n [x] | {y} \\\\'
    assert f'"course:one" [label="{label}"];' in dot(made, words(made), labelled=True)


def test_a_dot_file_holds_every_node_and_edge_with_its_source() -> None:
    made = graph().order()
    drawn = dot(made, words(made), labelled=False)
    assert drawn.startswith("digraph courses {")
    assert drawn.endswith("}")
    tip = 'edgetooltip="required, according to the course itself"'
    assert f'"course:knots-book" -> "course:sailing" [style=solid, {tip}];' in drawn
    assert '-> "course:racing" [style=dashed,' in drawn
    assert drawn.count(" -> ") == 8
    assert drawn.count("label=") == 1 + len(SKILLS) + len(COURSES)
    assert ', label="required' in dot(made, words(made), labelled=True)


def test_graphviz_reads_what_we_write(tutor: Tutor) -> None:
    graphviz = shutil.which("dot")
    if graphviz is None:
        pytest.skip("needs Graphviz: apt-get install graphviz")
    for arguments in ((), ("cs336",)):
        drawn = tutor("courses", "graph", *arguments, "--format", "dot").stdout
        ran = subprocess.run(
            [graphviz, "-Tplain"], input=drawn, capture_output=True, text=True, check=True
        )
        assert ran.stderr == ""
        assert ran.stdout.count("\nedge ") == drawn.count(" -> ")


def test_the_command_shows_the_whole_graph_or_what_leads_to_a_course(tutor: Tutor) -> None:
    whole = tutor("courses", "graph", env=CHINESE).stdout
    assert "动手学深度学习 [d2l]\n  ← 线性代数、" in whole
    assert "## 课程和书" in whole
    one = tutor("courses", "graph", "pumpkin-book", env=CHINESE).stdout
    assert one.startswith("南瓜书 [pumpkin-book]\n\n- 机器学习（西瓜书） [zhou-machine-learning]：")
    assert "动手学深度学习" not in one.splitlines()[0]
    assert tutor("courses", "graph", "d2l", "--format", "mermaid").stdout.startswith("flowchart LR")


def test_json_holds_the_nodes_and_the_edges_with_their_sources(tutor: Tutor) -> None:
    found = json.loads(tutor("courses", "graph", "--json").stdout)
    kinds = {node["kind"] for node in found["nodes"]}
    assert kinds == {"course", "module", "skill"}
    assert {
        "before": {"kind": "skill", "id": "python"},
        "after": {"kind": "course", "id": "d2l"},
        "relation": "prerequisite",
        "required": True,
        "source": "book",
    } in found["edges"]
    one = json.loads(tutor("courses", "graph", "d2l", "--json").stdout)
    assert len(one["nodes"]) < len(found["nodes"])


def test_an_unknown_course_fails_and_names_its_neighbours(tutor: Tutor) -> None:
    failed = tutor("courses", "graph", "d2")
    assert failed.exit_code == 1
    assert "d2l" in failed.stderr
    assert tutor("courses", "graph", "--format", "png").exit_code == 2
