"""Whether a question asks for a plan of study, and whether it asks for nothing else."""

from __future__ import annotations

import re

from corpus.language import simplified
from tutor.content_words import content_words
from tutor.lexicon import lexicon

_AMOUNT = re.compile(
    r"[~约]?\d+(?:\.\d+)?\s*(?:[-~–—到至]\s*\d+(?:\.\d+)?)?\s*\+?"
    r"|[一二两三四五六七八九十半几俩仨]+(?=个?半?(?:天|日|周|星期|礼拜|月|年|学期|小时|钟头))"
    r"|(?:星期|礼拜|学期|钟头|小时|个月)"
)
_QUESTION = re.compile(
    r"[?？]|[吗么呢]|怎|什么|多[久少]|哪|够不够|能不能|要不要"
    r"|(?<![a-z])(?:how|what|which|when|should i|can i|do i|is it)(?![a-z])"
)
_FIELD = re.compile(
    r"深度学习|机器学习|神经网络|人工智能|大语言模型|大模型|语言模型|计算机视觉|自然语言处理|数据科学"
    r"|(?<![a-z])(?:deep learning|machine learning|neural net(?:work)?s?|artificial intelligence"
    r"|language models?|computer vision|natural language processing|data science"
    r"|ai|ml|dl|llms?|nlp|cv|cnns?|rnns?|gpt|pytorch|tensorflow|keras|transformers?|python)(?![a-z])"
)


def asks_for_plan(question: str) -> bool:
    """Whether the case-folded `question` asks for a plan: "给我排个计划", "make me a study plan".

    A plan that is only spoken of ("I plan to learn …", "our plan is …") is none that is asked for.
    """
    words = lexicon().plans
    return words.asked.search(words.elsewhere.sub(" ", question)) is not None


def means_own_plan(said: str) -> bool:
    """Whether what a learner `said` is about a plan of their own: they ask for one, or tell how
    things stand with them without asking anything."""
    folded = simplified(said).casefold()
    return asks_for_plan(folded) or not _QUESTION.search(folded)


def names_only_plan(question: str) -> bool:
    """Whether nothing is left of the case-folded `question` once the plan, the time, the field
    and what the learner tells of themselves are taken out.

    Such a question can be meant for nobody but a tutor in this field: "我有两个月，每周 10 小时".
    """
    words = lexicon()
    rest = question
    told = (*words.backgrounds.values(), *words.goals.values(), *words.directions.values())
    for pattern in (_FIELD, *words.topics.values(), *told, words.beginner, _AMOUNT):
        rest = pattern.sub(" ", rest)
    rest = words.plans.filler.sub(" ", rest)
    return not any(character.isalnum() for character in content_words(rest))
