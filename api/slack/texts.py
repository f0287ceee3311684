"""What the Slack door says of its own accord."""

from __future__ import annotations

from typing import Final

from corpus.types import Bilingual, Language

READING: Final = Bilingual(zh="正在查资料…", en="Reading the sources…")
GREETING: Final = Bilingual(
    zh="你好，我是先后。问我学什么、先学什么、学到什么程度，我会告诉你有经验的人原话怎么说、"
    "在哪里意见不同，以及对你的目标意味着什么。每个人的提问各记各的；/forget 会删掉你的全部记录。",
    en="Hello, I am Xianhou. Ask me what to learn, in which order and how deep: I show what "
    "experienced people said, where they disagree, and what follows for your goal. What I remember "
    "is kept for each person apart; /forget erases everything about you.",
)
INTERNAL: Final = Bilingual(
    zh="内部出错，这个问题没有答成。请再问一次；若一再出现，请告诉管理员。",
    en="Something went wrong inside and this was not answered. Ask again; if it stays so, tell "
    "whoever runs this app.",
)
SOURCES: Final = Bilingual(zh="来源", en="Sources")
ANSWERED_FOR: Final = Bilingual(
    zh="按目标「{goal}」回答（{reason}）。换个目标就在下面选。",
    en="Answered for the goal: {goal} ({reason}). Choose another one below.",
)
ANSWERED_FOR_NOBODY: Final = Bilingual(
    zh="没有说目标，按一般情况回答。在下面选一个目标会再答一次。",
    en="No goal was named, so this is the general answer. Choose one below to ask again for it.",
)
ASK_NEXT: Final = Bilingual(zh="接着可以问：{questions}", en="You could ask next: {questions}")
CHOOSE_GOAL: Final = Bilingual(zh="换个目标", en="Another goal")
HELPFUL: Final = Bilingual(zh="有帮助", en="Helpful")
NOT_HELPFUL: Final = Bilingual(zh="没有帮助", en="Not helpful")
WRONG_CITATION: Final = Bilingual(zh="引用有误", en="Wrong citation")
NOTED: Final = Bilingual(zh="记下了，谢谢。", en="Noted, thank you.")
NOTED_ALREADY: Final = Bilingual(
    zh="这个回答你已经评价过了，以第一次为准。",
    en="You have rated this answer already; the first rating stands.",
)
NOT_YOURS: Final = Bilingual(
    zh="只有提问的人可以操作这个回答，或者它已经被删除。想知道自己的答案，请自己提问。",
    en="Only whoever asked can use the buttons of this answer, or it has been erased. "
    "Ask the question yourself to get an answer of your own.",
)
FORGOTTEN: Final = Bilingual(
    zh="已经删除我记着的关于你的一切：情况、对话和反馈。"
    "Slack 里的消息不归我管，请在 Slack 里删除。",
    en="Everything I kept about you is erased: profile, conversations and feedback. The messages "
    "in Slack itself are not mine to erase; delete them there.",
)
NOTHING_KNOWN: Final = Bilingual(zh="我没有记着关于你的任何内容。", en="I keep nothing about you.")


def spoken(text: Bilingual, language: Language | None) -> str:
    """`text` in `language`; in both, Chinese first, to somebody whose language is not known."""
    return text.text(language) if language else f"{text.zh}\n\n{text.en}"
