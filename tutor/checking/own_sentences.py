"""What the tutor's own sentences, which cite nobody, may not do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.terms import terms
from corpus.types import Course
from tutor.checking.attribution import subjects
from tutor.checking.exact_rules import Problem
from tutor.checking.quantities import unstated
from tutor.checking.quotations import quoted_words, stands_in
from tutor.checking.stated import Stated, latin_terms, stated_in

_SAYING_ZH = (
    "认为|主张|建议|指出|表示|提到|觉得|强调|推荐|坚持|提醒|说|讲|常说|普遍|一致|证明|表明"
    "|显示|发现|公认"
    "|看来|反对|同意"
)
_PEOPLE_ZH = (
    "人(?!工)|专家|学者|业内人士|业内|业界|学界|前辈|老师|教授|面试官|从业者|过来人|答主"
    "|回答者|作者|博主"
    "|网友|工程师|大佬|大牛|大家|研究|实验|数据|调查|统计|论文|文献|资料|经验|事实|官方|官方文档"
)
_MANY_ZH = (
    "很多|许多|不少|多数|大多数|大部分|一些|几位|多位|所有|部分|这些|这几位|几乎所有|有些|有的|有"
)
_ADVERBS_ZH = (
    "都|也|曾|普遍|一致|通常|往往|大多|多半|反复|明确|常常?|经常|已经|早就|充分|还|则|这么|就|一直"
)
# 有人说, 很多专家认为, 研究表明, 业内普遍认为, 大家都说
_SOMEBODY_ZH = re.compile(
    rf"(?:{_MANY_ZH})?(?:{_PEOPLE_ZH})们?(?:{_ADVERBS_ZH})*(?:{_SAYING_ZH})"
    rf"|[他她]们?(?:{_ADVERBS_ZH})*(?:{_SAYING_ZH})"
    r"|(?:据|根据|按照?)(?:报道|统计|调查|研究|专家|业内|[^，。]{1,12}(?:说法|研究|调查|统计"
    r"|报道|观点|看法))"
    r"|众所周知|公认|常言道|俗话说"
)
_SAYING_EN = (
    "says?|said|argues?|argued|recommends?|recommended|suggests?|suggested|believes?|thinks?"
    "|advises?|claims?|writes?|wrote|notes?|warns?|holds?|maintains?|insists?|agree[sd]?|shows?|showed|shown"
    "|find|found|prefers?|tells?|told|swears?|points? out|considers?|states?|reports?"
)
_MANY_EN = (
    "many|most|some|several|all|few|experienced|senior|leading|other|both|two|three|the|various"
    "|one of"
)
_PEOPLE_EN = (
    "people|experts?|researchers?|scholars?|engineers?|practitioners?|interviewers?|recruiters?"
    "|authors?|professors?|teachers?|answers?|bloggers?|others|studies|study|research|surveys?"
    "|evidence|data|experiments?|papers?|sources|someone|everyone|everybody|somebody|critics"
    "|educators"
    "|professionals|insiders|he|she|they|hiring managers?|instructors?|mentors?|developers?"
    "|community"
    "|them|statistics"
)
_SOMEBODY_EN = re.compile(
    rf"(?<![a-z])(?:(?:{_MANY_EN})\s+)*(?:{_PEOPLE_EN})"
    r"(?:\s+(?:\w+ly|also|often|all|both|in the field|in industry|have|has|would|will"
    r"|who \w+ \w+))*"
    rf"\s+(?:{_SAYING_EN})(?![a-z])"
    r"|(?<![a-z])(?:according to|in the words of|as (?:many|most|experts|people|everyone)"
    r"|word has it"
    r"|it is (?:widely |generally |commonly |well )?(?:known|said|agreed|accepted|believed|argued)"
    r"|is (?:widely|generally|commonly|often) (?:said|recommended|agreed|accepted|believed)"
    r"|consensus)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"https?:|www\.|(?<![\w@.-])[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|cn|dev|edu|info|xyz"
    r"|me)(?![a-z])"
    r"|\.ai/|[\w.+-]+@[\w-]+\.\w+|!?\[[^\]]*\]\([^)]*\)|<\s*/?\s*[a-z!][^>]*>|javascript:|data:text"
    r"|微信号|加(?:我)?(?:微信|QQ|群)|扫码|公众号|关注我",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"(?:ignore|disregard) (?:all|any|the|your|previous|prior|everything)|system prompt|as an ai"
    r"|(?:previous|prior|above) instructions|i(?: a|')m an? (?:ai|language|assistant)|you are now"
    r"|pretend (?:to|you)|jailbreak|developer mode|reveal (?:your|the) (?:prompt|instructions?)|<\|"
    r"|(?:忽略|无视)(?:以上|上面|之前|前面|所有|一切|你)|系统提示|你现在是|请?执行以下|开发者模式"
    r"|(?:作为|我是)一?个? ?(?:AI|人工智能|语言模型|大模型)|系统(?:消息|指令)|system message"
    # Labels like those of the sources that a model is given.
    r"|(?:作者|author) ?[:：].{0,80}(?:平台|platform) ?[:：]|(?:立场|side taken) ?[:：（(]"
    r"|[\[［]\d{1,2}[\]］] ?(?:作者|author|课程或书|course or book) ?[:：]",
    re.IGNORECASE,
)
# Advice as firm as this is somebody's to give, and theirs to be cited for.
_FIRM = re.compile(
    r"必须|一定|务必|不用|不必|不需要|不学|不看|没必要|无需|跳过|保证|绝对|永远|肯定|只要|直接(?:抄|上|学|做|跳)|最(?:好|重要|快)"
    r"|(?<![a-z])(?:must|never|always|skip|no need|need not|needn't|don't (?:need|have|bother)"
    r"|do not (?:need|have|bother)|guaranteed?s?|definitely|certainly|absolutely|only|simply|best"
    r"|most important|have to)(?![a-z])",
    re.IGNORECASE,
)
_LEAST_SHARE = 0.1  # of the words of a sentence, that must be in what it was written from
_FEW = 3


def own_problems(claim: str, context: Stated, courses: Sequence[Course]) -> list[Problem]:
    """What a sentence without a source does that only a sentence with one may do.

    `context` is the question with the sources given: from there it may take amounts and terms.
    """
    found = {
        Problem.ATTRIBUTION: attributes(claim),
        Problem.OUTSIDE: _brings(claim, context, courses)
        or bool(_FIRM.search(claim))
        or _share_of_words(claim, context) < _LEAST_SHARE,
        Problem.LINK: bool(_LINK.search(claim) or _COMMAND.search(claim)),
    }
    return [problem for problem, true in found.items() if true]


def attributes(claim: str) -> bool:
    """Whether a sentence says that somebody, named or not, holds something."""
    return bool(_SOMEBODY_ZH.search(claim) or _SOMEBODY_EN.search(claim) or subjects(claim))


def _brings(claim: str, context: Stated, courses: Sequence[Course]) -> bool:
    """Whether a sentence has amounts, terms, courses or quotations that `context` has not."""
    said = stated_in(claim, courses)
    missing = unstated(claim, context.quantities)
    return bool(
        any(one.unit or one.value > _FEW for one in missing)
        or not latin_terms(claim) <= context.words
        or not said.courses <= context.courses
        or not all(stands_in(words, context.text) for words in quoted_words(claim))
    )


def _share_of_words(claim: str, context: Stated) -> float:
    used = set(terms(claim))
    return len(used & _terms_of(context.text)) / (len(used) or 1)


@lru_cache(maxsize=64)
def _terms_of(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def points_elsewhere(text: str) -> bool:
    """Whether `text` has a link or mark-up, or speaks of its writer as a machine."""
    return bool(_LINK.search(text) or _COMMAND.search(text))
