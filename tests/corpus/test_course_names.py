"""Courses are found by the names people use, in running Chinese and English text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.course_files import load_courses
from corpus.course_names import find_courses, is_too_general
from corpus.types import Course

COURSES = load_courses()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("先翻西瓜书，再看花书", ["zhou-machine-learning", "goodfellow-deep-learning"]),
        ("南瓜书要配着西瓜书看", ["pumpkin-book", "zhou-machine-learning"]),
        ("我看完了吴恩达机器学习的前五周", ["ng-machine-learning-2011"]),
        ("吴恩达老师讲的《机器学习》", ["ng-machine-learning-2011"]),
        ("吴恩达的 机器学习专项课程", ["ng-machine-learning-specialization"]),
        ("吴恩达深度学习", ["ng-deep-learning-specialization"]),
        ("I did Andrew Ng's ML course", ["ng-machine-learning-2011"]),
        ("andrew ng ml then CS231N", ["ng-machine-learning-2011", "cs231n"]),
        ("学CS231n吗", ["cs231n"]),
        ("ＣＳ２３１ｎ 和 cs224n", ["cs231n", "cs224n"]),
        ("跟李飞飞学视觉", ["cs231n"]),
        ("李宏毅教授的课", ["lee-machine-learning"]),
        ("莫烦的 Keras 教程", ["morvan-python"]),
        ("course.fast.ai", ["fastai-practical-deep-learning"]),
        ("跟着fast.ai做", ["fastai-practical-deep-learning"]),
        ("李沐的《动手学深度学习》，也就是d2l", ["d2l"]),
        ("3b1b 的视频", ["3blue1brown-neural-networks"]),
        ("3Blue1Brown 的《线性代数的本质》", ["3blue1brown-linear-algebra"]),
        ("周志华老师的《机器学习》绪论", ["zhou-machine-learning"]),
        ("看 Hugging Face Course", ["hugging-face-course"]),
    ],
)
def test_names_that_people_use(text: str, found: list[str]) -> None:
    assert list(find_courses(text, COURSES)) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ML",
        "I want to learn ML and deep learning",
        "机器学习、深度学习、线性代数",
        "吴恩达说得对",
        "xcs231nx or cs231no",
        "fast.aim",
        "Can I dive into deep learning without machine learning?",
        "what mathematics for machine learning do I need",
        "从零构建大模型要多久",
    ],
)
def test_subjects_and_look_alikes_are_not_courses(text: str) -> None:
    assert find_courses(text, COURSES) == ()


def test_an_english_title_counts_where_it_begins_with_its_capital() -> None:
    assert find_courses("Read Dive into deep learning first", COURSES) == ("d2l",)


def test_the_longest_name_wins() -> None:
    text = "吴恩达机器学习专项课程"
    assert find_courses(text, COURSES) == ("ng-machine-learning-specialization",)


def test_a_bare_teacher_gives_way_to_another_course_of_theirs_in_the_text() -> None:
    text = "《1天搞懂深度学习》是李宏毅写的，三百多页"
    assert find_courses(text, COURSES) == ("lee-one-day-deep-learning",)
    both = "先看《1天搞懂深度学习》，再学李宏毅机器学习"
    assert set(find_courses(both, COURSES)) == {"lee-one-day-deep-learning", "lee-machine-learning"}


def test_courses_come_in_the_order_of_their_first_mention_once_each() -> None:
    text = "d2l, then CS231n, then d2l again"
    assert find_courses(text, COURSES) == ("d2l", "cs231n")


def test_without_courses_nothing_is_found() -> None:
    assert find_courses("CS231n", ()) == ()


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.id)
def test_every_alias_and_title_finds_its_course_between_han_characters(course: Course) -> None:
    for name in (*course.aliases, course.title.zh, course.title.en):
        assert find_courses(f"先学{name}再说", COURSES) == (course.id,), name


@pytest.mark.parametrize("name", ["ML", "机器 学习", "《深度学习》", "Deep Learning", "!", ""])
def test_subjects_are_too_general_to_be_names(name: str) -> None:
    assert is_too_general(name)


@given(st.text(max_size=200))
def test_any_text_is_searched_without_fault(text: str) -> None:
    found = find_courses(text, COURSES)
    assert len(set(found)) == len(found)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_name_set_apart_by_stops_is_found_whatever_surrounds_it(before: str, after: str) -> None:
    assert "d2l" in find_courses(f"{before}。d2l。{after}", COURSES)
