"""Why an answer assumes the goal it assumes."""

from __future__ import annotations

from corpus.types import Bilingual
from tutor.learner import Known, Learner


def goal_reason(learner: Learner) -> str:
    """Where the goal comes from, in the learner's language: "你提到「毕设」"."""
    reasons = {
        Known.STATED: Bilingual(zh="你自己设定的", en="you set it"),
        Known.READ: Bilingual(
            zh=f"你提到「{learner.goal_words}」", en=f"you mentioned “{learner.goal_words}”"
        ),
        Known.EARLIER: Bilingual(zh="你之前说的", en="you named it before"),
        Known.LIKELY: Bilingual(zh="从你的话推测", en="inferred from what you wrote"),
        Known.UNKNOWN: Bilingual(zh="没有提到", en="not stated"),
    }
    return reasons[learner.goal_known].text(learner.language)
