"""The learner: read, change, erase; and what they say about answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from api.http.bodies import LearnerChange, Remark
from api.http.callers import LEARNER_COOKIE, AskingCaller, known_learner, new_or_known_learner
from api.http.languages import request_language
from api.http.places import owned
from api.http.replies import KnownLearnerReply, NewLearnerReply
from api.http.routes.router import new_router
from api.http.services import ServicesOf
from api.source_json import learner_object
from corpus.errors import UsageError
from corpus.types import Bilingual
from tutor.learner import Background, Known, Learner

_HAS_A_KEY: Final = Bilingual(
    zh="有 API 密钥时不需要这个：用请求头 X-User-Id 区分学习者。",
    en="With an API key this is not needed: name each learner in the header X-User-Id.",
)


def router() -> APIRouter:
    """The routes."""
    made = new_router("learner")
    made.get("/learner", response_model=KnownLearnerReply)(_read)
    made.post("/learner", response_model=NewLearnerReply, status_code=201)(_enter)
    made.patch("/learner", response_model=KnownLearnerReply)(_change)
    made.delete("/learner", status_code=204)(_erase)
    made.post("/feedback", status_code=204)(_remark)
    return made


async def _read(caller: AskingCaller, services: ServicesOf) -> Any:
    """What is known of the learner."""
    owner = await known_learner(caller, services)
    learner = await services.conversations.learner(owner) if owner else None
    return {"learner": learner and learner_object(learner)}


async def _enter(caller: AskingCaller, services: ServicesOf) -> Any:
    """A learner for a program without an API key, to be sent as the header `X-Learner-Id`.

    With an API key `X-User-Id` names the learner, and there is no secret to be had.
    """
    if caller.key is not None:
        raise UsageError(_HAS_A_KEY)
    return {"id": await services.conversations.new_learner()}


async def _change(
    change: LearnerChange,
    request: Request,
    response: Response,
    caller: AskingCaller,
    services: ServicesOf,
) -> Any:
    """Sets fields of the profile."""
    owner = await new_or_known_learner(caller, services, request, response)
    language = request_language(request)
    learner = await services.conversations.change_learner(
        owner, lambda before: _changed(before or Learner(language), change)
    )
    return {"learner": learner_object(learner)}


async def _erase(caller: AskingCaller, services: ServicesOf, response: Response) -> None:
    """Erases the learner with every conversation and remark."""
    owner = await known_learner(caller, services)
    if owner is not None:
        await services.conversations.forget(owner)
    response.delete_cookie(LEARNER_COOKIE, httponly=True, samesite="strict")


async def _remark(remark: Remark, caller: AskingCaller, services: ServicesOf) -> None:
    """Keeps what the learner says about an answer."""
    await services.conversations.add_feedback(
        owned(await known_learner(caller, services)),
        remark.conversation_id,
        remark.message_id,
        remark.kind,
        sentence=remark.sentence,
        comment=remark.comment,
    )


def _changed(learner: Learner, change: LearnerChange) -> Learner:
    given: dict[str, Any] = {name: getattr(change, name) for name in change.model_fields_set}
    if change.background is None:
        given["background"] = Background()
    elif "background" in given:
        named = change.background.model_fields_set
        known = {name: getattr(change.background, name) for name in named}
        given["background"] = replace(learner.background, **known)
    if "goal" in given:
        known_how = Known.UNKNOWN if given["goal"] is None else Known.STATED
        given |= {"goal_known": known_how, "goal_words": "", "goal_before": None}
    return replace(learner, **given)
