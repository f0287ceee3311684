"""What a learner says of the plan that they keep: what is finished, and what comes next.

Rules only, for turns that say nothing else: whoever asks something besides gets an answer to that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.language import simplified
from corpus.numerals import CHINESE_NUMERAL, ENGLISH_NUMERAL, RANGE, folded, numeral
from tutor.turns.clauses import clauses

_N = rf"(?:\d{{1,3}}|{CHINESE_NUMERAL})"
_EN = rf"(?:\d{{1,3}}|{ENGLISH_NUMERAL})"
_KINDS = {"章": "ch", "讲": "l", "课": "l", "节": "s"}
_KINDS |= {"chapter": "ch", "lesson": "l", "lecture": "l", "section": "s"}
_FINISHED = re.compile(
    r"[学看做弄搞刷读跟过](?:完|好)(?:成)?了?(?!全|善|吗)|完成了?|搞定了?|结束了?"
    r"|(?<![a-z])(?:finished|completed|done|complete|through with|wrapped up|got through)(?![a-z])"
)
_NOT_SAID = re.compile(
    r"[没未不别]|如果|要是|假如|等(?!等)|快要?|马上|差点|[吗么呢?？]|怎|能|多久|多少|打算|准备"
    r"|什么时候|之前|以前|想|需要|应该|得(?!到)|必须|计划(?!里|的|中)"
    r"|n't|(?<![a-z])(?:not|if|when|once|until|before|after|almost|nearly|about to|need|want"
    r"|have to|must|should|can|could|how|will|would|going to|plan to|half|never|what|which)"
    r"(?![a-z])"
)
_NEXT = re.compile(
    r"接下来|下一步|下一?周|下个星期|然后|之后|往下|后面|该学(?:什么|啥)|学什么|做什么|干(?:什么|嘛)"
    r"|(?<![a-z])(?:what(?:'?s| is| comes| do i do| should i (?:do|learn|study))? (?:next|now)"
    r"|next week|next steps?|then what|what now|what comes next|and now)(?![a-z])"
)
_HOW_FAR = re.compile(
    r"(?:我|计划|学习)?(?:现在|已经|的计划)*(?:学|进行|走)?到(?:哪里?|哪儿|第几周)(?:了|啦)?|我的(?:学习)?进度"
    r"|(?<![a-z])(?:how far (?:am i|have i (?:come|got))|where (?:am|was) i|my progress"
    r"|which week am i)(?![a-z])"
)
_COURTESY = re.compile(
    r"我|你好|好的?|谢谢|终于|今天|刚刚?|已经|全部?|都|啦|了|哈|吧|呀|也|的|把"
    r"|i(?:'m|'ve| have| am)?|hi|hello|hey|ok(?:ay)?|thanks|thank you|just|finally|today|now|done"
    r"|great|yes|so|and|well"
)
_AROUND = re.compile(
    r"那么?|我|你|该|应该|要|得|学|做|看|干|搞|什么|啥|哪些?|内容|呢|是|去|再|还|按|照|计划|第几周|安排"
    r"|(?<![a-z])(?:then|so|should|do|i|to|learn|study|be|is|it|my|the|plan|by|for|me|what|week)(?![a-z])"
)
_LONGEST = 60  # characters of a turn that says nothing else


@dataclass(frozen=True, slots=True)
class StudyTalk:
    """What a turn says of the plan.

    `weeks` is the last of the weeks that are finished, 0 for the present one; `units` are the
    numbers of finished units and `kind` the beginning of their ids ("ch" of "ch3"). A turn that
    only `asks` wants to know where the learner stands.
    """

    weeks: int | None = None
    units: tuple[int, ...] = ()
    kind: str = ""
    asks: bool = False


def study_talk(said: str) -> StudyTalk | None:
    """What `said` tells or asks of the plan; None where it is about anything else."""
    text = folded(simplified(said))
    if len(text) > _LONGEST:
        return None
    parts = [part for part in clauses(text) if not _is_courtesy(part)]
    told = [talk for part in parts if (talk := _finished(part))]
    others = [part for part in parts if not _finished(part)]
    if len(told) > 1 or not all(_asks(part) for part in others):
        return None
    if told:
        return told[0]
    return StudyTalk(asks=True) if others and all(map(_asks_only, others)) else None


def asks_what_is_next(question: str) -> bool:
    """Whether `question` asks what to do next."""
    return _NEXT.search(folded(simplified(question))) is not None


def _asks(part: str) -> bool:
    return bool(_NEXT.search(part) or _HOW_FAR.search(part))


def _asks_only(part: str) -> bool:
    rest = _COURTESY.sub(" ", _AROUND.sub(" ", _HOW_FAR.sub(" ", _NEXT.sub(" ", part))))
    return _asks(part) and not any(character.isalnum() for character in rest)


def _finished(part: str) -> StudyTalk | None:
    if not _FINISHED.search(part) or _NOT_SAID.search(part):
        return None
    if week := _week().search(part):
        last = week["zh_to"] or week["zh"] or week["first"] or week["en_to"] or week["en"]
        number = _number(last) if last else 0
        return None if number is None else StudyTalk(weeks=number)
    if unit := _unit().search(part):
        first = _number(unit["zh"] or unit["en"])
        last_one = _number(unit["zh_to"] or unit["en_to"] or unit["zh"] or unit["en"])
        if first is not None and last_one is not None and first <= last_one:
            kind = _KINDS[unit["zh_kind"] or unit["en_kind"]]
            return StudyTalk(units=tuple(range(first, last_one + 1)), kind=kind)
    return None


# The patterns of numbers take long to compile, and only those who keep a plan need them.
@cache
def _week() -> re.Pattern[str]:
    return re.compile(
        rf"第 ?(?P<zh>{_N})(?:{RANGE}第? ?(?P<zh_to>{_N}))? ?周|前 ?(?P<first>{_N}) ?个?周"
        rf"|(?P<this>这一?个?(?:周|星期)|本周|(?<![a-z])this week)"
        rf"|(?<![a-z])weeks? (?P<en>{_EN})(?:{RANGE}(?P<en_to>{_EN}))?(?![a-z\d])"
    )


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(
        rf"第 ?(?P<zh>{_N})(?:{RANGE}第? ?(?P<zh_to>{_N}))? ?(?P<zh_kind>[章讲节课])"
        rf"|(?<![a-z])(?P<en_kind>chapter|lesson|lecture|section)s? (?P<en>{_EN})"
        rf"(?:{RANGE}(?P<en_to>{_EN}))?(?![a-z\d])"
    )


def _number(word: str) -> int | None:
    """A whole number that stands for one place in a row."""
    values = numeral(word)
    return int(values[0]) if len(values) == 1 and values[0] == int(values[0]) else None


def _is_courtesy(part: str) -> bool:
    return not any(character.isalnum() for character in _COURTESY.sub(" ", part))
