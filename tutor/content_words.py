"""The words of a question that say what it is about, without those that every question has."""

from __future__ import annotations

import re

from corpus.terms import terms
from tutor.lexicon import lexicon

_CHINESE = re.compile(
    "(?P<kept>(?:深度|机器|强化|统计)学习|(?:[数科化文医哲法力史大中小留]|经济|统计|心理|生物|语言|社会)学"
    "|学(?:术|者|科|位|分|校)|大模型|作用|应用|用户)|"
    "学习|学会|学到|没有|是不是|能不能|要不要|有没有|会不会|怎么样|怎么|怎样|什么|如何|需要|必须|必要"
    "|可以|可能|应该|因为|所以|但是|如果|请问|大佬|大家|各位|谢谢|感谢|知道|觉得|比较|一下|多少|多久"
    "|现在|程度|水平|地步|能力|自己|打算|准备|适合"
    "|以后|之后|之前|然后|还是|或者|而且|已经|开始|直接|时候|时间|问题|东西|事情|地方|基础|入门"
    "|[的了吗呢吧么啊呀哦嘛要先学会能是在和与跟就都也还有我你他她它们想用做看哪谁几到去来把被给让从对之其或者"
    "而且并好不没只才又真挺很太更最这那一二两三个再前后上下为求得过该多少点些吧请及于以所按够]"
)
_ENGLISH_WORDS = """
a able an and any are as at be been before begin beginner but by can could day did do does doing
enough first for from get go good have having he help hour hours how i if in into is it its just
know learn learning like long lot me month months more much must my need needed needs new no not
now of on one only or our out over people per please really right she should so some someone start
starting still study studying take than thanks that the their them then there these they thing
things this time to too up us use using very want was way we week weeks well were what when where
which while who why will with without work would year years yet you your
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_WORD = re.compile(r"[a-z][a-z0-9+#.'-]*")


def content_words(question: str) -> str:
    """`question` without function words and the words of asking and learning, case-folded."""
    without_chinese = _CHINESE.sub(lambda match: match["kept"] or " ", question.casefold())

    def keep(match: re.Match[str]) -> str:
        return " " if match.group().split("'")[0].strip(".") in _ENGLISH else match.group()

    return _WORD.sub(keep, without_chinese).strip()


def content_terms(question: str) -> list[str]:
    """The terms of the content words of `question`, in their order.

    A Chinese character that stands alone is what the cutting left of a word, as of "看不起".
    """
    return [term for term in terms(content_words(question)) if len(term) > 1 or term.isascii()]


def without_goal(question: str) -> str:
    """`question` without the words that tell what the learner wants to reach."""
    for pattern in lexicon().goals.values():
        question = pattern.sub(" ", question)
    return question
