"""The language model: what comes through, what goes wrong, and what people are told then."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from typing import Any

import pytest
from openai_stub import OpenAIStub, StubReply, refusal
from pydantic import BaseModel, Field
from scripted_model import (
    Reply,
    ScriptedModel,
    busy,
    server_error,
    unreachable,
    wrong_key,
)

from api.chat_model import open_language_model
from api.settings import Settings
from corpus.errors import LanguageModelError, LanguageModelSetupError, PromptTooLongError
from corpus.types import Language
from tutor.model.circuit import Circuit
from tutor.model.errors import error_of
from tutor.model.failures import Failure, Reason
from tutor.model.language_model import LanguageModel
from tutor.model.types import ChatMessage, Role
from tutor.model.usage import Prices, UsageMeter

KEY = "sk-very-secret"
PROMPT = (
    ChatMessage(Role.SYSTEM, "只根据资料回答。"),
    ChatMessage(Role.USER, "要先学机器学习吗？"),
)


class Verdict(BaseModel):
    """Whether a sentence is supported, and by which sources."""

    supported: bool
    sources: list[int] = Field(default_factory=list)


class FakeClock:
    """A clock that is set forward by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _no_waits_between_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.uniform", lambda low, high: 0.0)


@pytest.fixture
def meter() -> UsageMeter:
    return UsageMeter()


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAIStub]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with OpenAIStub() as server:
        yield server


@pytest.fixture
async def connect(stub: OpenAIStub) -> AsyncIterator[Callable[..., LanguageModel]]:
    """Makes the model that users get for the stub's address."""
    made: list[LanguageModel] = []

    def make(**settings: Any) -> LanguageModel:
        given = {"llm_model": "stub", "llm_base_url": stub.base_url, "llm_api_key": KEY}
        model = open_language_model(Settings(**(given | settings)))
        assert model
        made.append(model)
        return model

    yield make
    for model in made:
        await model.close()


def scripted(*replies: Any, **options: Any) -> LanguageModel:
    return LanguageModel(ScriptedModel(replies=list(replies)), name="scripted", **options)


async def failure_of_call(model: LanguageModel, meter: UsageMeter) -> tuple[str, Exception]:
    """The text that came before the error, and the error."""
    came: list[str] = []

    async def read() -> None:
        async for text in model.stream(PROMPT, meter):
            came.append(text)  # noqa: PERF401 - what came is wanted where the rest does not come

    with pytest.raises(LanguageModelError) as failed:
        await read()
    return "".join(came), failed.value


class TestStreaming:
    async def test_tokens_come_as_they_are_written(self, meter: UsageMeter) -> None:
        model = scripted("先学 PyTorch[1]。")
        assert [text async for text in model.stream(PROMPT, meter)] == [
            *("先", "学", " ", "PyTorch", "[", "1", "]", "。"),
        ]
        assert not meter.truncated

    async def test_the_request_is_plain(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        stub.replies += [StubReply("先学线性回归[1]。")]
        assert await connect().text(PROMPT, meter) == "先学线性回归[1]。"
        [request] = stub.requests
        assert request.path == "/v1/chat/completions"
        assert request.headers["authorization"] == f"Bearer {KEY}"
        assert request.body == {
            "model": "stub",
            "messages": [
                {"role": "system", "content": "只根据资料回答。"},
                {"role": "user", "content": "要先学机器学习吗？"},
            ],
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": 1200,
        }

    async def test_a_shorter_reply_can_be_asked_for(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        await connect().text(PROMPT, meter, max_tokens=50)
        assert stub.requests[0].body["max_tokens"] == 50

    async def test_half_characters_can_be_sent(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        await connect().text([ChatMessage(Role.USER, "半个\ud83d字")], meter)
        assert stub.requests[0].body["messages"][0]["content"] == "半个?字"

    @pytest.mark.parametrize("how", ["closed", "cancelled"])
    async def test_leaving_a_stream_ends_the_request(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter, how: str
    ) -> None:
        stub.replies += [StubReply("一二三四", silent=True, after=2)]
        stream = connect().stream(PROMPT, meter)
        assert [await anext(stream), await anext(stream)] == ["一", "二"]
        if how == "cancelled":
            waiting = asyncio.ensure_future(anext(stream))
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
        await stream.aclose()
        assert await asyncio.to_thread(stub.requests[0].abandoned.wait, 20)
        assert meter.usage().calls == 1

    async def test_many_streams_at_a_time_do_not_mix(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel]
    ) -> None:
        stub.answer = lambda body: StubReply(body["messages"][0]["content"] * 3, interval=0.001)
        model = connect()

        async def ask(number: int) -> str:
            return await model.text([ChatMessage(Role.USER, f"<{number}>")], UsageMeter())

        replies = await asyncio.gather(*(ask(number) for number in range(12)))
        assert replies == [f"<{number}>" * 3 for number in range(12)]

    async def test_thoughts_are_kept_back(self, meter: UsageMeter) -> None:
        model = scripted("<think>他只是做毕设……</think>\n\n不用先学完[1]。")
        assert await model.text(PROMPT, meter) == "不用先学完[1]。"

    @pytest.mark.parametrize("text", ["<think>想了太久", "", "  \n"])
    async def test_a_reply_without_a_word_is_a_failure(self, meter: UsageMeter, text: str) -> None:
        _, error = await failure_of_call(scripted(Reply(text, finish="length")), meter)
        assert "TUTOR_LLM_MAX_TOKENS" in str(error)


class TestCutOff:
    @pytest.mark.parametrize(
        ("reply", "truncated"),
        [
            (StubReply("一二"), False),
            (StubReply("一二", finish="length"), True),
            (StubReply("一二", finish=None), True),
            (StubReply("一二", finish=None, done=False), True),
            (StubReply("一二", done=False), False),
        ],
    )
    async def test_the_meter_tells_it(
        self,
        stub: OpenAIStub,
        connect: Callable[..., LanguageModel],
        meter: UsageMeter,
        reply: StubReply,
        truncated: bool,
    ) -> None:
        stub.replies += [reply]
        assert [text async for text in connect().stream(PROMPT, meter)] == ["一", "二"]
        assert meter.truncated is truncated

    async def test_other_calls_do_not_change_what_the_stream_told(self, meter: UsageMeter) -> None:
        model = scripted(Reply("一", finish="length"), "二")
        async for _ in model.stream(PROMPT, meter):
            pass
        await model.text(PROMPT, meter)
        assert meter.truncated

    async def test_vendors_name_the_ending_differently(self, meter: UsageMeter) -> None:
        _, error = await failure_of_call(scripted(Reply("一二", finish="SAFETY")), meter)
        assert "content filter" in str(error)


class TestFailures:
    @pytest.mark.parametrize(
        ("reply", "kind", "english"),
        [
            (refusal(401, f"Incorrect API key: {KEY}"), LanguageModelSetupError, "API key"),
            (refusal(403), LanguageModelSetupError, "API key"),
            (refusal(404), LanguageModelSetupError, "TUTOR_LLM_MODEL"),
            (refusal(400, "Model Not Exist"), LanguageModelSetupError, "TUTOR_LLM_MODEL"),
            (refusal(402, "Insufficient Balance"), LanguageModelSetupError, "balance"),
            (refusal(429, "no", code="insufficient_quota"), LanguageModelSetupError, "quota"),
            (refusal(400, code="context_length_exceeded"), PromptTooLongError, "LLM_CONTEXT"),
            (refusal(400, "exceeds the available context size"), PromptTooLongError, "CONTEXT"),
            (refusal(400, "Content Exists Risk"), LanguageModelError, "content filter"),
            (refusal(400, code="data_inspection_failed"), LanguageModelError, "content filter"),
            (refusal(400, param="temperature"), LanguageModelError, "(HTTP 400, temperature)"),
            (refusal(422), LanguageModelError, "does not take such a request"),
            (StubReply(raw="<html>Welcome</html>"), LanguageModelError, "ends in /v1"),
            (StubReply(raw="data: {half\n\n"), LanguageModelError, "not a readable answer"),
            (StubReply(raw="data: [1]\n\n"), LanguageModelError, "not a readable answer"),
            (StubReply(raw=""), LanguageModelError, "not a readable answer"),
        ],
    )
    async def test_a_refusal_is_told_once_and_says_what_to_do(
        self,
        stub: OpenAIStub,
        connect: Callable[..., LanguageModel],
        meter: UsageMeter,
        reply: StubReply,
        kind: type[Exception],
        english: str,
    ) -> None:
        stub.replies += [reply]
        came, error = await failure_of_call(connect(), meter)
        assert (came, len(stub.requests)) == ("", 1)
        assert type(error) is kind
        assert english in str(error)
        assert meter.usage().calls == 0

    async def test_no_error_shows_key_prompt_or_address(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        stub.replies += [refusal(401, f"key {KEY} at {stub.base_url}: {PROMPT[1].text}")]
        _, error = await failure_of_call(connect(), meter)
        shown = "".join(traceback.format_exception(error))
        for secret in (KEY, stub.base_url, PROMPT[1].text):
            assert secret not in shown

    @pytest.mark.parametrize(
        "reply",
        [
            refusal(429, headers={"retry-after": "0.01"}),
            refusal(429, headers={"retry-after-ms": "10"}),
            refusal(500),
            refusal(503),
            refusal(529),
            StubReply(reset=True, after=-1),
            StubReply(reset=True, after=0),
        ],
        ids=repr,
    )
    async def test_passing_faults_are_met_by_asking_again(
        self,
        stub: OpenAIStub,
        connect: Callable[..., LanguageModel],
        meter: UsageMeter,
        reply: StubReply,
    ) -> None:
        stub.replies += [reply, reply, StubReply("好")]
        assert await connect().text(PROMPT, meter) == "好"
        assert (len(stub.requests), meter.usage().calls) == (3, 1)

    async def test_asking_again_has_an_end(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        stub.answer = lambda body: refusal(500)
        _, error = await failure_of_call(connect(), meter)
        assert "HTTP 500" in str(error)
        assert len(stub.requests) == 3

    async def test_nobody_waits_as_long_as_some_vendors_ask(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        stub.replies += [refusal(429, headers={"retry-after": "60"})]
        _, error = await failure_of_call(connect(), meter)
        assert "busy" in str(error)
        assert len(stub.requests) == 1

    async def test_a_broken_connection_after_the_first_token_is_not_asked_again(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        stub.replies += [StubReply("一二三", reset=True, after=2)]
        came, error = await failure_of_call(connect(), meter)
        assert came == "一二"
        assert "broke off" in str(error)
        assert (len(stub.requests), meter.usage().calls) == (1, 1)

    async def test_an_error_within_the_stream_is_one(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        events = 'data: {"error": {"message": "context length", "code": 400}}\n\n'
        stub.replies += [StubReply(raw=events, headers={"content-type": "text/event-stream"})]
        _, error = await failure_of_call(connect(), meter)
        assert isinstance(error, PromptTooLongError)

    async def test_a_content_filter_may_step_in_late(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        stub.replies += [StubReply("一二", finish="content_filter")]
        came, error = await failure_of_call(connect(), meter)
        assert (came, "content filter" in str(error)) == ("一二", True)

    async def test_nobody_at_the_address(
        self, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        model = connect(llm_base_url="http://127.0.0.1:9/v1")
        _, error = await failure_of_call(model, meter)
        assert "cannot be reached" in str(error)

    async def test_a_fault_of_the_library_itself_is_a_failure_too(self, meter: UsageMeter) -> None:
        _, error = await failure_of_call(scripted(*[RuntimeError(KEY)] * 3), meter)
        assert "RuntimeError" in str(error)
        assert KEY not in str(error)

    @pytest.mark.parametrize("reason", Reason)
    def test_every_failure_has_a_sentence_in_both_languages(self, reason: Reason) -> None:
        error = error_of(Failure(reason, status=418), "some{model}")
        chinese, english = error.text(Language.CHINESE), error.text(Language.ENGLISH)
        assert "some{model}" in chinese
        assert "some{model}" in english
        assert chinese.endswith("。")
        assert english.endswith(".")
        assert "{status}" not in chinese + english


class TestTime:
    @pytest.mark.parametrize(("after", "came_first"), [(-1, ""), (0, ""), (2, "一二")])
    async def test_silence_has_an_end(
        self,
        stub: OpenAIStub,
        connect: Callable[..., LanguageModel],
        meter: UsageMeter,
        after: int,
        came_first: str,
    ) -> None:
        stub.replies += [StubReply("一二三", silent=True, after=after)]
        came, error = await failure_of_call(connect(llm_timeout=0.5), meter)
        assert (came, len(stub.requests)) == (came_first, 1)
        assert "silent for too long" in str(error)
        assert await asyncio.to_thread(stub.requests[0].abandoned.wait, 20)

    async def test_a_slow_model_is_given_its_time(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        stub.replies += [StubReply("一二三四五", interval=0.45)]
        assert await connect(llm_timeout=2).text(PROMPT, meter) == "一二三四五"

    async def test_the_whole_answer_has_an_end_too(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel]
    ) -> None:
        stub.replies += [StubReply("一" * 100, interval=0.02)]
        clock = FakeClock()
        meter = UsageMeter(seconds=180, clock=clock)
        came = []
        with pytest.raises(LanguageModelError, match="silent for too long"):  # noqa: PT012
            async for text in connect().stream(PROMPT, meter):
                came.append(text)
                clock.now += 40
        assert 5 <= len(came) < 100

    async def test_no_attempt_is_made_when_the_time_would_be_over(self) -> None:
        clock = FakeClock()
        model = LanguageModel(ScriptedModel(replies=[busy(), "好"]), name="scripted")
        meter = UsageMeter(seconds=0.0, clock=clock)
        await failure_of_call(model, meter)
        assert meter.remaining() == 0.0


class TestUsage:
    async def test_the_vendors_count_is_taken(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        model = connect(llm_input_price=2.0, llm_output_price=8.0)
        stub.answer = lambda body: StubReply(usage=(1000, 500))
        await model.text(PROMPT, meter)
        await model.text(PROMPT, meter)
        usage = meter.usage()
        assert (usage.calls, usage.input_tokens, usage.output_tokens) == (2, 2000, 1000)
        assert usage.cost == pytest.approx(0.012)

    async def test_without_a_count_it_is_estimated(self, meter: UsageMeter) -> None:
        await scripted("十个字的回答在这里。").text(PROMPT, meter)
        usage = meter.usage()
        assert (usage.input_tokens, usage.output_tokens) == (25, 10)
        assert usage.cost is None

    async def test_a_server_that_refuses_to_count_is_asked_without(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        def strict(body: dict[str, Any]) -> StubReply:
            extra = "stream_options" in body
            return refusal(400, "extra field: stream_options") if extra else StubReply("好")

        stub.answer = strict
        model = connect()
        assert await model.text(PROMPT, meter) == "好"
        assert await model.text(PROMPT, meter) == "好"
        assert len(stub.requests) == 3
        assert meter.usage().output_tokens == 2

    async def test_running_totals_are_not_added_up(self, meter: UsageMeter) -> None:
        prices = Prices(input=1_000_000, output=0)
        model = scripted(Reply("一", usage=(3, 4)), prices=prices)
        await model.text(PROMPT, meter)
        assert meter.usage().cost == 3


class TestCircuit:
    async def test_after_three_failures_the_model_is_left_alone_for_a_minute(
        self, meter: UsageMeter
    ) -> None:
        clock = FakeClock()
        chat = ScriptedModel(answer=lambda messages: server_error())
        model = LanguageModel(chat, name="scripted", circuit=Circuit(clock=clock))
        for _ in range(3):
            assert model.available()
            await failure_of_call(model, meter)
        assert not model.available()
        asked = len(chat.requests)
        _, error = await failure_of_call(model, meter)
        assert "left alone" in str(error)
        assert "HTTP" not in str(error)
        assert len(chat.requests) == asked
        clock.now += 60
        chat.answer = lambda messages: "好"
        assert await model.text(PROMPT, meter) == "好"
        assert model.available()

    async def test_a_wrong_key_opens_it_at_once(self, meter: UsageMeter) -> None:
        model = scripted(wrong_key())
        await failure_of_call(model, meter)
        assert not model.available()
        _, error = await failure_of_call(model, meter)
        assert "TUTOR_LLM_API_KEY" in str(error)

    async def test_a_request_that_is_at_fault_itself_opens_nothing(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        stub.answer = lambda body: refusal(400, code="context_length_exceeded")
        model = connect()
        for _ in range(4):
            await failure_of_call(model, meter)
        assert model.available()

    async def test_success_in_between_starts_the_count_anew(self, meter: UsageMeter) -> None:
        down = [unreachable()] * 3
        model = scripted(*down, *down, "好", *down, *down)
        for reply in ("", "", "好", "", ""):
            if reply:
                assert await model.text(PROMPT, meter) == reply
            else:
                await failure_of_call(model, meter)
        assert model.available()

    def test_one_call_tries_after_the_pause_and_the_others_wait_for_it(self) -> None:
        clock = FakeClock()
        circuit = Circuit(failures=1, pause=60, clock=clock)
        circuit.failed()
        clock.now += 60
        assert [circuit.admit(), circuit.admit()] == [True, False]
        circuit.failed()
        clock.now += 59
        assert not circuit.admit()
        clock.now += 1
        assert circuit.admit()
        circuit.succeeded()
        assert circuit.admit()

    def test_a_try_that_is_never_heard_of_again_does_not_close_it_for_ever(self) -> None:
        clock = FakeClock()
        circuit = Circuit(failures=1, pause=60, clock=clock)
        circuit.failed()
        for _ in range(2):
            clock.now += 60
            assert circuit.admit()


class TestObjects:
    async def test_a_schema_is_asked_for_in_the_prompt_and_in_the_request(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        stub.replies += [StubReply('{"supported": true, "sources": [2]}')]
        found = await connect().structured(PROMPT, Verdict, meter)
        assert found == Verdict(supported=True, sources=[2])
        body = stub.requests[0].body
        assert body["response_format"]["json_schema"]["name"] == "Verdict"
        assert '"supported"' in body["messages"][-1]["content"]
        assert meter.usage().calls == 1

    async def test_the_model_may_call_a_tool(self, meter: UsageMeter) -> None:
        model = scripted(Verdict(supported=True, sources=[1]))
        found = await model.structured(PROMPT, Verdict, meter)
        assert found == Verdict(supported=True, sources=[1])

    async def test_a_library_without_tools_is_asked_in_words(self, meter: UsageMeter) -> None:
        chat = ScriptedModel(replies=[Verdict(supported=False)], tools=False)
        model = LanguageModel(chat, name="scripted")
        assert await model.structured(PROMPT, Verdict, meter) == Verdict(supported=False)
        assert "JSON schema" in chat.requests[0].text

    async def test_a_server_is_asked_in_the_way_that_it_knows(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        def tools_only(body: dict[str, Any]) -> StubReply:
            if "response_format" in body:
                return refusal(400, "This response_format type is unavailable now")
            return StubReply(tool=("Verdict", {"supported": True}))

        stub.answer = tools_only
        model = connect()
        for _ in range(2):
            assert await model.structured(PROMPT, Verdict, meter) == Verdict(supported=True)
        forms = ["response_format" in request.body for request in stub.requests]
        assert forms == [True, False, False]
        assert stub.requests[1].body["tool_choice"]["function"]["name"] == "Verdict"
        assert model.available()

    async def test_a_server_that_knows_no_way_is_asked_in_words(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        def simple(body: dict[str, Any]) -> StubReply:
            if {"response_format", "tools"} & set(body):
                return refusal(422)
            return StubReply('<think>{"supported": 9}</think>好的：```json\n{"supported":false}```')

        stub.answer = simple
        found = await connect().structured(PROMPT, Verdict, meter)
        assert (found, len(stub.requests)) == (Verdict(supported=False), 4)

    @pytest.mark.parametrize(
        "text",
        [
            '{"supported": true}',
            '好的，结果如下：\n```json\n{"supported": true}\n```\n希望有帮助。',
            '{"result": {"supported": true}}',
            '{坏的} {"supported": "maybe"} {"supported": true}',
        ],
    )
    async def test_the_object_is_found_among_words(self, meter: UsageMeter, text: str) -> None:
        assert await scripted(text).structured(PROMPT, Verdict, meter) == Verdict(supported=True)

    async def test_what_is_not_valid_is_asked_for_once_more(self, meter: UsageMeter) -> None:
        chat = ScriptedModel(replies=['{"supported": "maybe"}', '{"supported": true}'])
        model = LanguageModel(chat, name="scripted")
        assert await model.structured(PROMPT, Verdict, meter) == Verdict(supported=True)
        assert "not valid" in chat.requests[1].text
        assert "maybe" in chat.requests[1].text

    @pytest.mark.parametrize(
        "text",
        ["支持。", "", "{" * 1000, '{"a":' * 1000 + "1" + "}" * 1000, '{"supported": tr'],
        ids=range(5),
    )
    async def test_twice_not_valid_is_nothing(self, meter: UsageMeter, text: str) -> None:
        model = scripted(text, text)
        assert await model.structured(PROMPT, Verdict, meter) is None
        assert model.available()

    @pytest.mark.parametrize(
        ("reply", "english"), [(refusal(401), "API key"), (refusal(404), "TUTOR_LLM_MODEL")]
    )
    async def test_a_wrong_setting_is_told_as_such(
        self,
        stub: OpenAIStub,
        connect: Callable[..., LanguageModel],
        meter: UsageMeter,
        reply: StubReply,
        english: str,
    ) -> None:
        stub.answer = lambda body: reply
        model = connect()
        with pytest.raises(LanguageModelSetupError, match=english):
            await model.structured(PROMPT, Verdict, meter)
        assert not model.available()

    async def test_silence_has_an_end_here_too(
        self, stub: OpenAIStub, connect: Callable[..., LanguageModel], meter: UsageMeter
    ) -> None:
        stub.replies += [StubReply(silent=True)]
        with pytest.raises(LanguageModelError, match="silent"):
            await connect(llm_timeout=0.3).structured(PROMPT, Verdict, meter)


class TestScriptedModel:
    async def test_replies_can_be_chosen_by_the_messages(self, meter: UsageMeter) -> None:
        chat = ScriptedModel(answer=lambda messages: f"{messages[-1].text}好。")
        model = LanguageModel(chat, name="scripted")
        assert await model.text([ChatMessage(Role.USER, "你")], meter) == "你好。"

    async def test_a_rate_spaces_the_tokens(self, meter: UsageMeter) -> None:
        chat = ScriptedModel(replies=["一二三四五六"], rate=30)
        loop = asyncio.get_running_loop()
        began = loop.time()
        await LanguageModel(chat, name="scripted").text(PROMPT, meter)
        assert loop.time() - began >= 6 / 30

    async def test_it_breaks_off_or_falls_silent_where_it_is_told_to(self) -> None:
        broken = Reply("一二三", error=unreachable(), after=2)
        silent = Reply("一二三", silent=True, after=1)
        model = scripted(broken, silent, timeout=0.05)
        assert (await failure_of_call(model, UsageMeter()))[0] == "一二"
        assert (await failure_of_call(model, UsageMeter()))[0] == "一"


def test_no_model_library_is_imported_unless_a_model_is_configured() -> None:
    code = (
        "import sys, tutor.tutor, tutor.model.language_model, api.cli, api.chat_model\n"
        "from api.settings import Settings\n"
        "assert api.chat_model.open_language_model(Settings()) is None\n"
        "names = ('langchain', 'langgraph', 'langsmith', 'openai', 'tiktoken')\n"
        "print([name for name in sys.modules if name.split('.')[0].split('_')[0] in names])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


async def test_closing_a_stream_early_leaves_the_model_usable(meter: UsageMeter) -> None:
    model = scripted("一二三", "四")
    async with aclosing(model.stream(PROMPT, meter)) as stream:
        assert await anext(stream) == "一"
    assert await model.text(PROMPT, meter) == "四"
