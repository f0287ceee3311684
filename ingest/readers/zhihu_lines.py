"""What each line of a copied Zhihu question page is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from ingest.counts import COUNT, count_of
from ingest.dates import iso_date
from ingest.interface_words import is_interface, plain

_ENDORSED = re.compile(
    rf"(?:.{{0,60}}?(?:等|and)\s*)?(?P<votes>{COUNT})\s*(?:位|个)?\s*(?:"
    r"(?:人|用户|知友|others?|people)*\s*(?:也)?\s*(?:赞同|点赞|赞|觉得|认为|推荐)了?\s*(?:该|这个|本|此)?\s*"
    r"(?:回答|文章|答案|内容)?(?:有用|有帮助)?"
    r"|(?:others?|people|users?)?\s*(?:upvoted|voted\s+up|agreed\s+with|liked|found)(?:\s+this)?"
    r"(?:\s+(?:answer|helpful|useful))*)",
    re.IGNORECASE,
)
_VERB = re.compile(r"了|该|这个|本回答|觉得|认为|upvoted|voted|agreed|liked|found", re.IGNORECASE)
_COUNTER = re.compile(
    rf"(?:已)?(?:赞同|点赞|赞|upvotes?)\s*(?P<after>{COUNT})|(?P<before>{COUNT})\s*(?:人?赞同|upvotes?)",
    re.I,
)
_DATED = re.compile(
    r"(?P<published>发布于|发表于|创建于|回答于|发布时间|posted|published|answered)"
    r"|(?:最后|最近)?(?:编辑于|更新于|修改于|编辑时间)|(?:last\s+)?(?:edited|updated)",
    re.IGNORECASE,
)
_FOLD = re.compile(r"收起(?:回答|全文)?|collapse|show less", re.IGNORECASE)
_BAR = re.compile(r"分享|收藏|喜欢|举报|share|save|report", re.IGNORECASE)
_LISTING = re.compile(
    rf"(?:查看|显示|共)?\s*(?:全部|所有)?\s*(?:{COUNT})?\s*(?:个|条)?(?:更多)?(?:回答|答案)"
    rf"|更多回答|(?:默认|按时间|切换为时间|最新)排序|(?:view|see)?\s*(?:all\s*)?(?:{COUNT})?\s*(?:more\s*)?answers"
    r"|sort\s+by.*",
    re.IGNORECASE,
)
_PAGE_END = re.compile(
    r"相关问题|相关推荐|关于作者|被以下专栏收录|推荐阅读|刘看山.*|related questions", re.I
)


class LineKind(Enum):
    """The part that a line plays on the page."""

    BLANK = auto()
    TEXT = auto()
    ENDORSED = auto()  # "527 人赞同了该回答", between an author and the answer
    DATED = auto()  # "编辑于 2021-03-02", below an answer
    FOLD = auto()  # "收起", the last button below an opened answer
    BAR = auto()  # the other buttons below an answer
    LISTING = auto()  # "查看全部 290 个回答", between answers
    INTERFACE = auto()
    PAGE_END = auto()


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line, what it is, and the votes or the date that it tells."""

    text: str
    kind: LineKind
    votes: int | None = None
    date: str | None = None
    first_published: bool = False


def page_line(text: str) -> PageLine:
    """The line `text` of a copied question page."""
    words = plain(text)
    if not text.strip():
        return PageLine(text, LineKind.BLANK)
    if (endorsed := _ENDORSED.fullmatch(words)) and _VERB.search(words):
        return PageLine(text, LineKind.ENDORSED, votes=count_of(endorsed["votes"]))
    if (dated := _DATED.match(words)) and re.search(r"\d", words) and len(words) < _DATED_LENGTH:
        date = iso_date(words)
        first = dated["published"] is not None
        return PageLine(text, LineKind.DATED, date=date, first_published=first)
    for kind, form in _FORMS:
        if form.fullmatch(words):
            return PageLine(text, kind)
    if is_interface(text) or not words:
        counter = _COUNTER.fullmatch(words)
        votes = count_of(counter["after"] or counter["before"]) if counter else None
        kind = LineKind.INTERFACE if words or len(text.strip()) > 1 else LineKind.TEXT
        return PageLine(text, kind, votes=votes)
    return PageLine(text, LineKind.TEXT)


_DATED_LENGTH = 60
_FORMS = (
    (LineKind.FOLD, _FOLD),
    (LineKind.BAR, _BAR),
    (LineKind.LISTING, _LISTING),
    (LineKind.PAGE_END, _PAGE_END),
)
