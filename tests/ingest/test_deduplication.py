"""Telling that two texts are the same but for small changes."""

from __future__ import annotations

import random

import pytest

from ingest.deduplication import duplicate_groups, near_duplicate

TEXT = (
    "学做面包先弄懂温度。水温低一点，面团发得慢，味道反而好；烤箱上下火要分开调，误差不要超过十度。"
    "第一个月只做一种面团，每次只改一样东西，记下来。等到闭着眼睛也知道面团发好没有，再去学整形。"
)
OTHER = (
    "学游泳先学会漂。在水里放松十秒，比记住任何动作都要紧；然后才是换气，最后是手脚配合。"
    "第一个星期不要追求距离，每次下水先漂五分钟，再练五分钟换气，剩下的时间随便玩。"
)


@pytest.mark.parametrize(
    "copy",
    [
        TEXT,
        TEXT.replace("，", ",").replace("。", ". "),
        TEXT.replace("第一个月", "头一个月"),
        "\n\n".join(TEXT),
        TEXT + "以上。",
        TEXT[: int(len(TEXT) * 0.7)],
    ],
    ids=["the same", "other punctuation", "other words", "other lines", "longer", "shortened"],
)
def test_copies_with_small_changes(copy: str) -> None:
    assert near_duplicate(TEXT, copy)
    assert near_duplicate(copy, TEXT)


@pytest.mark.parametrize("text", [OTHER, TEXT[:30], TEXT + OTHER, "", "。。。"])
def test_other_texts(text: str) -> None:
    assert not near_duplicate(TEXT, text)


def test_texts_without_letters_resemble_nothing() -> None:
    assert not near_duplicate("", "")


def test_groups_name_the_first_and_every_copy_in_order() -> None:
    texts = [
        TEXT,
        OTHER,
        TEXT + "完。",
        "不同的一段话，说的是骑车。",
        OTHER.replace("，", ","),
        TEXT,
    ]

    assert duplicate_groups(texts) == [[0, 2, 5], [1, 4]]


def test_short_texts_are_grouped_when_they_are_the_same() -> None:
    assert duplicate_groups(["先学走", "先学走。", "先学跑"]) == [[0, 1]]


def test_no_copy_among_many_texts_is_missed_and_no_other_is_taken() -> None:
    chooser = random.Random(7)
    words = [a + b for a in "天地玄黄宇宙洪荒日月盈昃" for b in "春夏秋冬山水云雨风雪花草"]
    texts = ["".join(chooser.choices(words, k=120)) for _ in range(300)]
    copies = [text[:50] + "改" + text[51:] for text in texts[::3]]

    groups = duplicate_groups(texts + copies)

    assert groups == [[3 * place, 300 + place] for place in range(len(copies))]
