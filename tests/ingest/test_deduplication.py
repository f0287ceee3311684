"""Telling that two texts are the same but for small changes."""

from __future__ import annotations

import pytest

from ingest.deduplication import near_duplicate

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
