"""Deciding whether the sources cover a question at all."""

from __future__ import annotations

import math
import re
from dataclasses import astuple, dataclass

from corpus.terms import terms
from tutor.content_words import content_words, without_goal
from tutor.examples import Likeness
from tutor.learner import Known
from tutor.lexicon import lexicon
from tutor.retrieval import Retrieved
from tutor.understanding import Understanding

# Logistic regression over `Evidence`, fitted by tests/evaluation/calibrate.py on the tune half.
WEIGHTS = (2.39, 4.64, 2.66, 0.82, 0.73, 3.16, 0.53, 0.44)
BIAS = -6.78
_OWN_WORDS_COVERED = 0.75
_DOMAIN = re.compile(
    r"深度学习|机器学习|神经网络|人工智能|大模型|语言模型|强化学习|数据科学|算法岗|炼丹|西瓜书|花书"
    r"|deep learning|machine learning|neural net|artificial intelligence|language model|data scien"
    r"|(?<![a-z])(?:ai|ml|dl|llms?|nlp|cv|cnns?|rnns?|gpt|pytorch|tensorflow|keras|transformers?"
    r"|rag|kaggle|sklearn|scikit-learn|prompt engineer\w*|fine-tun\w+)(?![a-z])"
)
_ADVICE = re.compile(
    r"要不要|需不需要|需要|必须|必要|有没有用|先学|先看|先补|先懂|先会|该学|应该|值得|推荐|怎么学"
    r"|如何学|怎样学|入门|路线|顺序|自学|零基础|学会|学完|学到|学习|补|来得及|够不够|够用|够吗|从哪"
    r"|从头|基础|跳过|还学|还要学|要学|能学|得学|直接学|转行"
    r"|(?<![a-z])(?:should i|do i (?:need|have)|need|needed|have to|must|worth|recommend\w*"
    r"|learn\w*|study\w*|beginners?|newbie|first|get(?:ting)? started|start\w*|prerequisites?"
    r"|required?|roadmap|skip|enough|course|courses|books?|how long|how much|from scratch"
    r"|self-taught|pointless|waste of time)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against an answer; every part in about [-1, 1]."""

    likeness: float  # closer to what can be asked than to what cannot
    dense: float  # the best cosine of a passage
    coverage: float  # share of its content words that the closest passages hold
    topic: float  # 1 when the lexicon names a topic
    domain: float  # 1 when the question names the field
    named: float  # 1 when the question names a course or a person of the sources
    advice: float  # 1 when the question asks for advice on learning
    goal: float  # 1 when the question tells what the learner wants to reach


def evidence(
    understanding: Understanding, retrieved: Retrieved, likeness: Likeness, *, names_source: bool
) -> Evidence:
    """Measure what speaks for answering a question."""
    question = understanding.text.casefold()
    candidates = (*retrieved.perspectives, *retrieved.courses)
    dense = max((c.hit.dense_score for c in candidates if c.hit.dense_score is not None), default=0)
    return Evidence(
        likeness=likeness.inside,
        dense=dense,
        coverage=retrieved.coverage,
        topic=float(bool(understanding.topics)),
        domain=float(bool(_DOMAIN.search(question))),
        named=float(names_source),
        advice=float(bool(_ADVICE.search(question))),
        goal=float(understanding.learner.goal_known in (Known.READ, Known.LIKELY)),
    )


def probability(measured: Evidence) -> float:
    """How likely the sources cover the question, in (0, 1)."""
    total = BIAS + sum(w * x for w, x in zip(WEIGHTS, astuple(measured), strict=True))
    return 1.0 / (1.0 + math.exp(-total))


def names_nothing_else(understanding: Understanding) -> bool:
    """Whether a question names a topic or a goal and no field besides.

    "How much math do I need?" names no field, and here it needs none.
    """
    rest = understanding.text.casefold()
    for pattern in lexicon().topics.values():
        rest = pattern.sub(" ", rest)
    alone = not any(character.isalnum() for character in content_words(without_goal(rest)))
    return bool(understanding.topics) and alone


def in_own_words(question: str, retrieved: Retrieved) -> bool:
    """Whether a document that somebody added speaks of what is asked, in the same words.

    It lets added sources widen what the tutor answers beyond the field it ships with.
    """
    asked = set(terms(content_words(question)))
    if not asked:
        return False
    own = [c.passage for c in retrieved.perspectives[:8] if c.passage.verbatim]
    shares = [len(asked & set(terms(passage.text))) / len(asked) for passage in own]
    return max(shares, default=0.0) >= _OWN_WORDS_COVERED
