"""What to say when a language model fails: what happened and what to do next.

No sentence holds a key, an address or any text of the request or of the vendor.
"""

from __future__ import annotations

from typing import Final

from corpus.errors import LanguageModelError, LanguageModelSetupError, PromptTooLongError
from corpus.types import Bilingual
from tutor.model.failures import NEEDS_A_PERSON, Failure, Reason

_REQUEST_REFUSED: Final = Bilingual(
    zh="模型 {model} 不接受这样的请求{status}。请检查 TUTOR_LLM_ 开头的设置，"
    "例如 TUTOR_LLM_TEMPERATURE 和 TUTOR_LLM_MAX_TOKENS。",
    en="The model {model} does not take such a request{status}. Check the settings that begin "
    "with TUTOR_LLM_, such as TUTOR_LLM_TEMPERATURE and TUTOR_LLM_MAX_TOKENS.",
)
_SENTENCES: Final = {
    Reason.KEY: Bilingual(
        zh="模型 {model} 不接受现在的 API 密钥{status}。请检查 TUTOR_LLM_API_KEY 和它的权限。",
        en="The model {model} does not accept the API key{status}. "
        "Check TUTOR_LLM_API_KEY and what it is allowed to do.",
    ),
    Reason.MODEL: Bilingual(
        zh="接口上没有模型 {model}{status}。请检查 TUTOR_LLM_MODEL 的名字和 "
        "TUTOR_LLM_BASE_URL（通常以 /v1 结尾）；本地模型要先下载。",
        en="There is no model {model} at the endpoint{status}. Check the name in TUTOR_LLM_MODEL "
        "and TUTOR_LLM_BASE_URL (it usually ends in /v1); a local model has to be pulled first.",
    ),
    Reason.BALANCE: Bilingual(
        zh="模型 {model} 的账户没有余额或额度了{status}。请充值，或换一个模型。",
        en="The account of the model {model} has no balance or quota left{status}. "
        "Top it up, or choose another model.",
    ),
    Reason.BUSY: Bilingual(
        zh="模型 {model} 现在太忙，或请求频率到了上限{status}。请过一会儿再问。",
        en="The model {model} is busy or at its rate limit{status}. Ask again in a while.",
    ),
    Reason.TOO_LONG: Bilingual(
        zh="给模型 {model} 的内容超过了它的上下文长度{status}。请调小 TUTOR_LLM_CONTEXT。",
        en="The request is longer than the context of the model {model}{status}. "
        "Lower TUTOR_LLM_CONTEXT.",
    ),
    Reason.FILTERED: Bilingual(
        zh="模型 {model} 的内容审查拦下了这次回答{status}。请换一种问法。",
        en="The content filter of the model {model} stopped this answer{status}. "
        "Put the question in another way.",
    ),
    Reason.REFUSED: _REQUEST_REFUSED,
    Reason.USAGE_REFUSED: _REQUEST_REFUSED,
    Reason.UNREACHABLE: Bilingual(
        zh="连不上模型 {model}。请检查网络和 TUTOR_LLM_BASE_URL；本地的模型服务要先启动。",
        en="The model {model} cannot be reached. Check the network and TUTOR_LLM_BASE_URL; "
        "a local server has to be running.",
    ),
    Reason.TIMEOUT: Bilingual(
        zh="模型 {model} 太久没有回应。请稍后再问；模型本来就慢的话，调大 TUTOR_LLM_TIMEOUT。",
        en="The model {model} kept silent for too long. Ask again later; if it is a slow one, "
        "raise TUTOR_LLM_TIMEOUT.",
    ),
    Reason.INTERRUPTED: Bilingual(
        zh="模型 {model} 的回答中途断了。请再问一次。",
        en="The answer of the model {model} broke off in the middle. Ask again.",
    ),
    Reason.SERVER: Bilingual(
        zh="模型 {model} 的服务出错了{status}。请稍后再问。",
        en="The service of the model {model} failed{status}. Ask again later.",
    ),
    Reason.MALFORMED: Bilingual(
        zh="模型 {model} 的接口返回的不是可读的回答。"
        "请检查 TUTOR_LLM_BASE_URL（通常以 /v1 结尾）。",
        en="What the endpoint of the model {model} sent is not a readable answer. "
        "Check TUTOR_LLM_BASE_URL (it usually ends in /v1).",
    ),
    Reason.EMPTY: Bilingual(
        zh="模型 {model} 什么也没回答。请再问一次；先思考再回答的模型需要更大的 "
        "TUTOR_LLM_MAX_TOKENS。",
        en="The model {model} answered nothing. Ask again; a model that thinks first needs a "
        "larger TUTOR_LLM_MAX_TOKENS.",
    ),
}
_PAUSED = Bilingual(
    zh="模型 {model} 刚才没能正常回答，先停用一会儿，约一分钟后会再试。原因：{cause}",
    en="The model {model} has just failed and is left alone for now; it is tried again in about a "
    "minute. The cause: {cause}",
)


def error_of(failure: Failure, model: str) -> LanguageModelError:
    """The error that tells people about `failure`."""
    message = _filled(_SENTENCES[failure.reason], model, failure)
    if failure.reason in NEEDS_A_PERSON:
        return LanguageModelSetupError(message)
    if failure.reason is Reason.TOO_LONG:
        return PromptTooLongError(message)
    return LanguageModelError(message)


def paused_error(last: LanguageModelError | None, model: str) -> LanguageModelError:
    """The error for a call that was not made because of the failures before it."""
    cause = last.message if last else Bilingual(zh="", en="")
    return LanguageModelError(
        Bilingual(
            zh=_PAUSED.zh.format(model=model, cause=cause.zh),
            en=_PAUSED.en.format(model=model, cause=cause.en),
        )
    )


def _filled(sentence: Bilingual, model: str, failure: Failure) -> Bilingual:
    said = [f"HTTP {failure.status}"] if failure.status else []
    said += [failure.detail] if failure.detail else []
    return Bilingual(
        zh=sentence.zh.format(model=model, status=f"（{'，'.join(said)}）" if said else ""),
        en=sentence.en.format(model=model, status=f" ({', '.join(said)})" if said else ""),
    )
