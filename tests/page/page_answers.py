"""An answer as the page shows it, and the sources behind it."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import (
    Bilingual,
    Confidence,
    Course,
    CourseStatus,
    Goal,
    Kind,
    Language,
    Perspective,
    Position,
    ReadExtent,
    Source,
    Stance,
    Text,
    Topic,
)
from tutor.answer import (
    Answer,
    CheckReport,
    Citation,
    Section,
    Sentence,
    SentenceKind,
    StanceGroup,
    Voice,
)
from tutor.learner import Known, Learner

QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"
QUOTE = "别等学完，\n先跑通一个模型。"
# Offsets count code points: a page that counted UTF-16 units would mark the wrong words.
WANG_BODY = "## 我的看法\n😀😀 我也走过弯路。" + QUOTE + "缺什么补什么。" + "后来就顺了。" * 60
CHEN_BODY = "He advises a small core first. The rest can wait."
D2L_BODY = "一边讲原理一边跑代码的教科书。"


def an_answer() -> Answer:
    """A person's own words, a restatement, a course; three sides, one of them guessed."""
    verdict, aside = (
        "**不用先学完，直接动手**[1]。",
        "（你提到「毕设」，所以按「毕业设计」这个目标回答。）",
    )
    voices, courses = "\n\n**他们怎么说**\n\n", "\n\n**可以看的课程和书**\n\n"
    course = "- 《动手学深度学习》：边讲边跑代码。[3]"
    sentences = (
        _sentence(verdict, (1,), Section.VERDICT),
        _sentence(aside, (), Section.VERDICT),
        _sentence("- **王一**（知乎）：先跑通一个模型[1]。", (1,), Section.VOICES, voices),
        _sentence("- **陈晓**（知乎）：先补一小块[2]。", (2,), Section.VOICES, "\n"),
        _sentence(course, (3,), Section.COURSES, courses),
    )
    return Answer(
        question=QUESTION,
        text="".join(each.before + each.text for each in sentences),
        language=Language.CHINESE,
        abstained=False,
        learner=Learner(
            Language.CHINESE,
            goal=Goal.GRADUATION_PROJECT,
            goal_known=Known.READ,
            goal_words="毕设",
        ),
        sentences=sentences,
        citations=(WANG, CHEN, D2L),
        positions=(
            StanceGroup(
                Topic.ML_BEFORE_DL,
                Stance.CORE_SUBSET,
                (Voice("chen-core", "陈晓", "zhihu", CHEN.url, 2),),
            ),
            StanceGroup(
                Topic.ML_BEFORE_DL,
                Stance.NOT_NEEDED,
                (
                    Voice("wang-start", "王一", "zhihu", WANG.url, 1),
                    Voice("li-go", "李二", "csdn", "https://example.org/answer/3", None),
                    Voice("zhou-maybe", "周三", "blog", "https://example.org/answer/4", None, True),
                ),
            ),
            StanceGroup(
                Topic.MATH_DEPTH,
                Stance.CORE_SUBSET,
                (Voice("chen-core", "陈晓", "zhihu", CHEN.url, 2),),
            ),
        ),
        one_sided=(Topic.MATH_DEPTH,),
        courses=(),
        follow_ups=("数学要学到什么程度才够？",),
        check=CheckReport(sentences=6, supported=5, dropped=1, repaired=1),
        timings_ms={"total": 512.0},
        notices=(Bilingual(zh="语言模型没有回应。", en="The language model did not answer."),),
    )


def _sentence(
    text: str, citations: tuple[int, ...], section: Section, before: str = ""
) -> Sentence:
    return Sentence(text, citations, SentenceKind.OPINION, section, before=before)


WANG = Citation(
    number=1,
    source_id="wang-start",
    kind=Kind.PERSPECTIVE,
    author="王一",
    platform="zhihu",
    title="先做起来",
    url="https://example.org/answer/1",
    published="2018-03",
    language=Language.CHINESE,
    verbatim=True,
    quote=QUOTE,
    start=WANG_BODY.index(QUOTE),
    end=WANG_BODY.index(QUOTE) + len(QUOTE),
    age_warning=True,
)
CHEN = replace(
    WANG,
    number=2,
    source_id="chen-core",
    author="陈晓",
    title="补一小块",
    url="https://example.org/answer/2",
    published=None,
    language=Language.ENGLISH,
    verbatim=False,
    quote="He advises a small core first.",
    start=0,
    end=30,
    rendering="他建议先补一小块核心。",
    age_warning=False,
)
D2L = replace(
    CHEN,
    number=3,
    source_id="d2l",
    kind=Kind.COURSE,
    author="阿斯顿·张",
    platform="d2l.ai",
    title="动手学深度学习",
    url="https://d2l.ai",
    language=Language.CHINESE,
    quote=D2L_BODY,
    end=len(D2L_BODY),
    rendering=None,
)


def perspective(id: str, author: str, *texts: Text) -> Perspective:
    """A source that says why one can start at once."""
    says = Bilingual(zh="边做边补就好。", en="Fill the gaps as you go.")
    return Perspective(
        id=id,
        author=author,
        platform="zhihu",
        url=f"https://example.org/{id}",
        question=Bilingual("题", "q"),
        title=Bilingual("先做起来", "Just start"),
        published=None,
        votes=None,
        language=Language.CHINESE,
        read=ReadExtent.WHOLE,
        positions=(Position(Topic.ML_BEFORE_DL, Stance.NOT_NEEDED, (), says),),
        paths=(),
        resources=(),
        texts=texts,
    )


def shelf_sources() -> dict[str, Source]:
    """The sources of `an_answer` by id."""
    course = Course(
        id="d2l",
        title=Bilingual("动手学深度学习", "Dive into Deep Learning"),
        aliases=(),
        provider="d2l.ai",
        instructors=(),
        url="https://d2l.ai",
        links=(),
        languages=(Language.CHINESE,),
        level="beginner",
        directions=(),
        prerequisites=(),
        teaches=(),
        hours=None,
        hours_basis="",
        weeks=None,
        modules=(),
        cost="free",
        cost_note=Bilingual("", ""),
        status=CourseStatus.CURRENT,
        superseded_by=None,
        verified_on="2026-01-01",
        confidence=Confidence.HIGH,
        sources=(),
        unverified=(),
        summary=Bilingual("", ""),
        texts=(Text(Language.CHINESE, False, D2L_BODY),),
    )
    people = (
        perspective("wang-start", "王一", Text(Language.CHINESE, True, WANG_BODY)),
        perspective("chen-core", "陈晓", Text(Language.ENGLISH, False, CHEN_BODY)),
        perspective("li-go", "李二", Text(Language.CHINESE, False, "李二说直接开始。")),
    )
    return {source.id: source for source in (*people, course)}
