"""What the routes send, as the OpenAPI document describes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from api.http.plan_replies import PlanReply
from api.http.shared_replies import CitationReply, LearnerReply
from corpus.types import CourseStatus, Goal, Kind, Language, Stance, Topic
from tutor.answer import Section, SentenceKind, Writer
from tutor.memory.records import FeedbackKind, Role


class ErrorDetails(BaseModel):
    """What went wrong and what to do; `param` names the field, `code` never changes its wording."""

    type: Literal[
        "invalid_request_error",
        "authentication_error",
        "permission_error",
        "rate_limit_error",
        "server_error",
    ]
    message: str
    param: str | None
    code: str


class ErrorReply(BaseModel):
    """Every error of every route."""

    error: ErrorDetails


class VoiceReply(BaseModel):
    """A person in the split of opinion; `citation` is the number in the answer."""

    author: str
    url: str
    platform: str
    source_id: str
    citation: int | None
    guessed: bool


class PositionReply(BaseModel):
    """Everyone who takes one stance on a topic."""

    topic: Topic
    stance: Stance
    perspectives: list[VoiceReply]


class SentenceReply(BaseModel):
    """A checked sentence; `before + text` of all of them is the text of the answer."""

    before: str
    text: str
    citations: list[int]
    kind: SentenceKind
    section: Section


class CourseAdviceReply(BaseModel):
    """A course that the answer points to."""

    id: str
    title: str
    url: str
    weeks: int | None
    hours: float | None
    modules: list[str]
    citation: int | None
    superseded_by: str | None


class CheckReply(BaseModel):
    """What the sentence check did."""

    sentences: int
    supported: int
    dropped: int
    repaired: int
    reworded: int


class UsageReply(BaseModel):
    """What a language model was asked for."""

    calls: int
    input_tokens: int
    output_tokens: int
    cost: float | None


class NoticeReply(BaseModel):
    """A word about how the answer came about."""

    zh: str
    en: str


class AnswerReply(BaseModel):
    """An answer with everything by which it can be judged."""

    question: str
    asked: str
    text: str
    abstained: bool
    language: Language
    topics: list[Topic]
    learner: LearnerReply
    positions: list[PositionReply]
    one_sided: list[Topic]
    citations: list[CitationReply]
    plan: PlanReply | None
    finished: list[str]
    courses: list[CourseAdviceReply]
    follow_ups: list[str]
    sentences: list[SentenceReply]
    check: CheckReply
    writer: Writer
    model: str | None
    usage: UsageReply
    notices: list[NoticeReply]
    timings_ms: dict[str, float]


class AskReply(BaseModel):
    """A whole answer; the ids are null where nothing was kept."""

    answer: AnswerReply
    conversation_id: str | None
    message_id: str | None


class ConversationReply(BaseModel):
    """A conversation in a list; `title` is its first question, "" before that."""

    id: str
    title: str
    language: Language
    created: datetime
    updated: datetime
    turns: int


class ConversationsReply(BaseModel):
    """A page of conversations, the newest first; `next_cursor` asks for the next page."""

    conversations: list[ConversationReply]
    next_cursor: str | None


class MessageReply(BaseModel):
    """A message; `answer` belongs to the tutor's."""

    id: str
    turn: int
    role: Role
    text: str
    created: datetime
    answer: AnswerReply | None


class WholeConversationReply(ConversationReply):
    """A conversation with everything that was said."""

    messages: list[MessageReply]


class FeedbackReply(BaseModel):
    """What the learner said about an answer."""

    message_id: str
    kind: FeedbackKind
    sentence: str | None
    comment: str | None
    created: datetime


class KnownLearnerReply(BaseModel):
    """What is known of the learner, null where nothing is."""

    learner: LearnerReply | None


class NewLearnerReply(BaseModel):
    """The id of a new learner: whoever has it is that learner, so keep it secret."""

    id: str


class PositionTakenReply(BaseModel):
    """The side that a person takes; `guessed` where no person confirmed the label."""

    topic: Topic
    stance: Stance
    goals: list[Goal]
    says: NoticeReply | None
    guessed: bool


class PerspectiveReply(BaseModel):
    """One person's answer in a list, with the link to the original."""

    id: str
    author: str
    platform: str
    url: str
    title: NoticeReply
    question: NoticeReply
    published: str | None
    language: Language
    positions: list[PositionTakenReply]


class TextReply(BaseModel):
    """A stored text; offsets of quotations count its code points."""

    language: Language
    verbatim: bool
    body: str


class WholePerspectiveReply(PerspectiveReply):
    """One person's answer with its stored texts."""

    texts: list[TextReply]


class PerspectivesReply(BaseModel):
    """A page of perspectives; `total` counts all that match."""

    perspectives: list[PerspectiveReply]
    total: int


class ModuleReply(BaseModel):
    """A unit of a course."""

    id: str
    title: NoticeReply
    week: int | None
    hours: float | None


class CourseReply(BaseModel):
    """A course or book with the link to its syllabus."""

    id: str
    title: NoticeReply
    provider: str
    instructors: list[str]
    url: str
    level: str
    hours: float | None
    status: CourseStatus
    superseded_by: str | None
    modules: list[ModuleReply]
    named_by: list[str] = Field(description="ids of the perspectives that name this course")


class WholeCourseReply(CourseReply):
    """A course with its stored texts."""

    texts: list[TextReply]


class CoursesReply(BaseModel):
    """A page of courses; `total` counts all that match."""

    courses: list[CourseReply]
    total: int


class PassageReply(BaseModel):
    """A passage that was found; a higher `score` is a better match of this one search."""

    id: str
    source_id: str
    kind: Kind
    title: str
    author: str
    platform: str
    url: str
    published: str | None
    language: Language
    verbatim: bool
    text: str
    start: int
    end: int
    score: float


class SearchReply(BaseModel):
    """Passages, the best first."""

    passages: list[PassageReply]


class NameReply(BaseModel):
    """An id with its name in both languages."""

    id: str
    zh: str
    en: str


class TopicReply(NameReply):
    """A topic with the sides that people take."""

    stances: list[NameReply]


class VocabularyReply(BaseModel):
    """The names of everything that has an id."""

    goals: list[NameReply]
    directions: list[NameReply]
    levels: list[NameReply]
    topics: list[TopicReply]
    platforms: list[NameReply]


class IngestReply(BaseModel):
    """What taking in documents did."""

    read: int
    unchanged: int
    perspectives: int
    courses: int
    failures: list[dict[str, Any]]
    skipped: list[dict[str, Any]]


class HealthReply(BaseModel):
    """`checks` says of each part whether it works: "ok", or what is wrong."""

    status: Literal["ok", "unavailable"]
    checks: dict[str, str] = {}
