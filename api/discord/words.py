"""What the Discord door says in its own voice."""

from __future__ import annotations

from typing import Final

from corpus.types import Bilingual

LOOKING_UP: Final = Bilingual(zh="正在查资料…", en="Looking it up…")
READING: Final = Bilingual(zh="正在读 {n} 份来源…", en="Reading {n} sources…")
SOURCES: Final = Bilingual(zh="**来源**", en="**Sources**")
OLD: Final = Bilingual(zh="五年多以前", en="more than five years old")
FOLLOW_UPS: Final = Bilingual(zh="接着可以问：", en="You could ask next: ")
CUT: Final = Bilingual(
    zh="（回答太长，后面的没有显示。把问题问窄一点，比如只问一个话题，就能看到。）",
    en="(The answer is too long, so the rest is not shown. Ask something narrower, for example "
    "about one topic only, to see it.)",
)
OTHER_GOAL: Final = Bilingual(
    zh="换个目标，把这个问题再答一遍", en="Answer this question again for another goal"
)
HELPFUL: Final = Bilingual(zh="有帮助", en="Helpful")
NOT_HELPFUL: Final = Bilingual(zh="没有帮助", en="Not helpful")
WRONG_CITATION: Final = Bilingual(zh="引用有误", en="Wrong citation")
THANKS: Final = Bilingual(zh="谢谢，已经记下。", en="Thank you, that is noted.")
NOT_YOURS: Final = Bilingual(
    zh="这是别人的回答，或者已经删除。请用 /ask 提你自己的问题。",
    en="This answer is somebody else's, or was erased. Ask a question of your own with /ask.",
)
GOAL_SET: Final = Bilingual(
    zh="目标已设为「{goal}」，之后的回答都按它来，除非问题里另有说明。",
    en="Your goal is now: {goal}. Answers from here on are for it, "
    "unless a question names another.",
)
GOAL_CLEARED: Final = Bilingual(
    zh="目标已清除。可以用 /goal 再设一个。", en="Your goal is cleared. Set another with /goal."
)
KNOWN: Final = Bilingual(zh="记下的情况：{known}。", en="What is known of you: {known}.")
NOTHING_KNOWN: Final = Bilingual(
    zh="还没有记下你的情况。可以用 /goal 选一个目标。",
    en="Nothing is known of you yet. Choose a goal with /goal.",
)
CLEAR_GOAL: Final = Bilingual(zh="清除目标", en="Clear the goal")
FORGET_QUESTION: Final = Bilingual(
    zh="要删除你在这里的全部对话、档案和反馈吗？删除后无法恢复，Discord 里已经发出的消息不受影响。",
    en="Erase all your conversations here, your profile and your feedback? This cannot be undone. "
    "Messages already posted in Discord stay.",
)
FORGET: Final = Bilingual(zh="全部删除", en="Erase everything")
KEEP: Final = Bilingual(zh="不删", en="Keep it")
FORGOTTEN: Final = Bilingual(
    zh="已全部删除。再提问时，你就是新来的人。",
    en="Everything is erased. When you ask again, you are somebody new.",
)
KEPT: Final = Bilingual(zh="什么都没有删。", en="Nothing was erased.")
UNKNOWN_COMMAND: Final = Bilingual(
    zh="没有这个命令。请管理员运行 `tutor discord register` 更新命令。",
    en="There is no such command. Whoever runs this should run `tutor discord register`.",
)
UNKNOWN_GOAL: Final = Bilingual(
    zh="没有这个目标。请从列表里选一个。", en="There is no such goal. Choose one from the list."
)
TOO_SLOW: Final = Bilingual(
    zh="数据库现在很慢，不确定是否已经保存。请稍后再试一次。",
    en="The database is slow right now, and this may not have been saved. Try again in a moment.",
)
INTERNAL: Final = Bilingual(
    zh="服务内部出错。请稍后再试；若一再出现，请告诉管理员。",
    en="Something went wrong inside the server. Try again later; "
    "if it stays so, tell whoever runs it.",
)
