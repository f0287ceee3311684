"""Who a sentence says something of: the people it names, and the subject of "认为" and "argues".

Nobody's view may be given to another person, so a name that the cited sources do not bear out
is a fault, whether it is the name of somebody we know or an invented one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_HAN = "\u4e00-\u9fff"
# Longest first where one begins another.
_CHINESE_VERBS = (
    "认为|主张|建议|指出|表示|提到|觉得|强调|推荐|坚持|提醒|看来|提出|回答|写道|写到|承认"
    "|警告|担心|告诉"
    "|劝|解释|介绍|总结|反对|支持|赞成|同意|要求|断言|补充|列出|给出|坦言|直言|点名|批评|回忆"
    "|估计|相信"
    "|倾向|举例|打过?比方|主讲|说|讲|称"
    "|的(?:看法|观点|建议|意见|说法|经验|回答|想法|主张|答案|清单|路线|方案|原话|理由)"
)
_CHINESE_ADVERBS = (
    "在|据|按照?|照|对于|则|也|还|都|曾经?|就|明确|特别|反复|只|更|又|却|同样|一再|多次|自己"
    "|本人|干脆|直接"
    "|（[^（）]{1,12}）|\\([^()]{1,16}\\)|老师|教授|博士|先生|同学|等人|并不|并没有?|没有?|不"
    "|和知乎上的"
    "|知乎(?:答主|用户|网友)?(?:上)?的?|CSDN ?(?:博主|作者|用户)?|百度知道(?:网友"
    "|用户)?(?:上的?)?|而|但|但是"
    "|不过|相反|其中|另外|此外|正如|像|如|与此相反|博主|答主|作者"
)
_SUBJECT = re.compile(
    rf"^(?:{_CHINESE_ADVERBS}|\s)*(?P<name>[{_HAN}A-Za-z0-9_.·' -]{{2,18}}?)"
    rf"(?:{_CHINESE_ADVERBS}|\s)*(?:{_CHINESE_VERBS})"
)
_CLAUSE = re.compile(r"[，。；：！？、,;:!?\n“”「」]")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚"
    "卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤辛"
)
_CHINESE_NAME = re.compile(rf"[{''.join(sorted(_SURNAMES))}][{_HAN}]{{1,2}}")
_GENERIC_IN_NAME = re.compile(
    r"[者的们这那该其本你我他她它自谁每些有很多大家]|初学|新手|课程|教程|文章|回答|答主|博主"
    r"|作者|老师|学长|网友|账号"
    r"|公司|资料|清单|经验|许多|任何|于是|方法|方面|说法|先学|先看|学习|机器|深度|数学|编程"
    r"|任务|作业|高校|高数|方向|方程"
)
_PLATFORM = re.compile(
    rf"(?P<name>[{_HAN}A-Za-z0-9_.·' -]{{2,18}}?)\s*[（(]"
    r"(?:知乎|zhihu|csdn|b ?站|哔哩哔哩|bilibili|百度知道|baidu zhidao|reddit|hacker news"
    r"|youtube|知乎用户|github)[)）]",
    re.IGNORECASE,
)
_BOLD = re.compile(r"\*\*(?P<name>[^*\n]{1,40})\*\*")
_ENGLISH_VERBS = (
    "says?|said|argues?|argued|recommends?|recommended|suggests?|suggested|believes?|believed"
    "|thinks?"
    "|thought|advises?|advised|claims?|claimed|writes?|wrote|notes?|noted|warns?|warned|holds?|held"
    "|maintains?|insists?|insisted|admits?|admitted|adds?|added|explains?|explained|points? out"
    "|tells?|told|puts? it|puts|sees?|considers?|states?|stated|stresses|emphasi[sz]es|prefers?"
    "|finds?|reckons?|estimates?|proposes?|asserts?|complains?|concludes?|compares?|calls?|names?"
    "|describes?|urges?|wants?|agrees?|disagrees?|denies|rejects?|lists?|favou?rs?|cautions?"
    "|would|counts?|doubts?|regrets?|reports?|recalls?|worries|fears?|promises?|answers?|replies"
)
_WORD = rf"(?:[A-Z][\w.'’-]*|[a-z]+_\w+|[{_HAN}]{{2,}}\w*|qq_\d+)"
_NAMES = rf"(?P<name>{_WORD}(?: {_WORD}){{0,3}})"
_ENGLISH_SUBJECT = re.compile(
    rf"(?<![\w*]){_NAMES}"
    r"(?: ?\([^()]{1,30}\)| of \w+|,[^,]{1,60},| on \w+(?: \w+)?"
    r"|(?:'s|’s)? (?:also|only|even|once|simply|really|clearly|firmly|flatly))*"
    rf" (?:{_ENGLISH_VERBS})(?![a-z])"
)
_ENGLISH_OF = re.compile(
    r"(?:according to|in the (?:view|opinion|words) of|advice (?:of|from)|for|as|says|said|writes"
    r"|wrote|argues|argued|warns|adds|notes|suggests|thinks|advises|explains|finds|recommends|asks?"
    rf"|tells?|told|,) {_NAMES}",
    re.IGNORECASE,
)
_ENGLISH_OWN = re.compile(
    rf"{_NAMES}['’]s? (?:view|opinion|advice|answer|list|checklist|point|recommendation|suggestion"
    r"|words|path|plan|argument|estimate|claim|warning|example|method|thread|order|sequence)"
)
_AND = re.compile(rf" and | & |[、,，]|(?<=[{_HAN}])[和与](?=[{_HAN}]{{2}})")
_LONGEST_BOLD_NAME = 16
_NOT_IN_BOLD_NAME = re.compile(
    r"[的了不要先再就可别只这那该每都也没，。；：！？]|学习|课程|教程|数学|编程|机器|毕设"
    r"|论文|项目|基础|顺序|时间|直接"
)
_NOT_A_NAME = """
a about according after ai algebra algorithm all also although an and another answer answers
anyone application as at author authors baidu because before beginners bilibili blogger book
books both but by calculus chapter china chinese cnn cnns coding course coursera courses csdn cv
deep dl during each either engineers english even every everyone experts finally first for from
gan github google gpt graduates guide hacker he her here herself him himself his however i if in
instead it its kaggle keras learners learning lecture lectures less like linear list llm llms
machine many math mathematics maths microsoft mit ml model module more most my neither news next
nlp no nobody not notes numpy of on once one only or other our over page pandas part people phd
post practice probability programming projects python pytorch rather reading reddit researchers
rnn rnns second she since site sklearn so some someone stanford start statistics still students
svm syllabus tensorflow that the their them then theory there these they third this those
through to transformer transformers under university unlike we week what when whichever while
who whoever with within without work yet you your youtube zhidao zhihu
"""
_NO_NAME = frozenset(_NOT_A_NAME.split())


def without_marks(text: str) -> str:
    """A sentence without Markdown emphasis, code and heading marks."""
    return re.sub(r"\*\*|__|`|^#+ ", "", text).replace("*", "")


def mentioned(text: str, names: Iterable[str]) -> list[str]:
    """Those of `names` that stand in `text` as whole names."""
    folded = text.casefold()
    return [name for name in names if name.casefold() in folded and _as_name(name, folded)]


def subjects(text: str) -> list[str]:
    """What looks like a person's name where somebody speaks in `text`, in the order found.

    Bold names, names before a platform in parentheses, and subjects of verbs of saying. Pronouns,
    subjects and titles of things are left out as far as words can tell.
    """
    found = [
        part for m in _BOLD.finditer(text) for part in _split(m["name"]) if _may_be_bold_name(part)
    ]
    plain = without_marks(text)
    found += [name for m in _PLATFORM.finditer(plain) if _may_be_name(name := m["name"].strip())]
    for clause in _CLAUSE.split(plain):
        match = _SUBJECT.match(clause)
        if match and _may_be_name(match["name"].strip()):
            found.append(match["name"].strip())
    for pattern in (_ENGLISH_SUBJECT, _ENGLISH_OF, _ENGLISH_OWN):
        for match in pattern.finditer(plain):
            names = (_without_common_words(part) for part in _split(_singular_name(match["name"])))
            found += [name for name in names if name and _may_be_name(name)]
    return list(dict.fromkeys(found))


def _split(names: str) -> list[str]:
    return [part.strip() for part in _AND.split(names) if part.strip()]


def _may_be_bold_name(name: str) -> bool:
    """Whether bold words are a name and not a stressed statement."""
    if re.search(rf"[{_HAN}]", name):
        return len(name) <= _LONGEST_BOLD_NAME and not _NOT_IN_BOLD_NAME.search(name)
    return _may_be_name(name)


def _may_be_name(name: str) -> bool:
    name = name.strip(" .'’")
    if not re.search(rf"[{_HAN}]", name):
        words = re.findall(r"[\w.'’-]+", name)
        known = bool(words) and words[0].casefold() not in _NO_NAME
        return known and (words[0][0].isupper() or "_" in words[0])
    if _GENERIC_IN_NAME.search(name):
        return False
    han = re.sub(rf"[^{_HAN}]", "", name)
    mixed = bool(re.search(r"[A-Za-z]", name)) and len(han) <= 2  # noqa: PLR2004
    return mixed or bool(_CHINESE_NAME.fullmatch(name))


def _singular_name(name: str) -> str:
    return re.sub(r"['’]s$", "", name)


def _without_common_words(name: str) -> str:
    words = name.split()
    while words and words[0].casefold().strip(".,'") in _NO_NAME:
        words.pop(0)
    while words and words[-1].casefold() in _NO_NAME:
        words.pop()
    kept = [word for word in words if not word.isascii() or word[0].isupper() or "_" in word]
    return " ".join(kept) if len(kept) == len(words) else ""


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are of one name: equal, or one within the other (王大鹏)."""
    a, b = _key(one), _key(other)
    return bool(a and b) and (a in b or b in a)


def _key(name: str) -> str:
    return re.sub(r"[^\w]", "", name.casefold())


def _as_name(name: str, folded: str) -> bool:
    return _name_pattern(name.casefold()).search(folded) is not None


@lru_cache(maxsize=4096)
def _name_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9_]){re.escape(name)}(?![a-z0-9_])")
