"""What goes wrong with conversations and their database, in words that tell what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from corpus.errors import ConversationBusyError, ConversationError, UsageError
from corpus.types import Bilingual
from tutor.memory.errors import ConversationNotFoundError, PlanNotFoundError

# The names of SQLite's primary error codes and PostgreSQL's SQLSTATE codes.
_DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}
_FULL = {"SQLITE_FULL", "SQLITE_IOERR", "53100"}
_BUSY = {"SQLITE_BUSY", "SQLITE_LOCKED", "53300", "55P03", "40P01"}
_ERASED = {"23503"}  # what a new row belongs to, by another process in the same moment
_DENIED = {"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "25006", "42501"}


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Turns what SQLAlchemy and the file system report about `place` into ConversationError."""
    try:
        yield
    except PoolTimeoutError as error:
        raise database_busy(place) from error
    except SQLAlchemyError as error:
        raise _from_database(error, place) from error
    except OSError as error:
        raise not_permitted(place, error.strerror or str(error)) from error


def _from_database(error: SQLAlchemyError, place: str) -> ConversationError:
    original = error.orig if isinstance(error, DBAPIError) else None
    code = _code(original)
    if code in _DAMAGED:
        return _damaged(place)
    if code in _FULL:
        return _no_space(place)
    if code in _ERASED:
        return not_found()
    if code in _BUSY:
        return database_busy(place)
    reason = " ".join(str(original or error).split())
    if code in _DENIED:
        return not_permitted(place, reason)
    return _unusable(place, reason)


def _code(original: BaseException | None) -> str:
    sqlite = getattr(original, "sqlite_errorname", None)
    if sqlite:
        return "_".join(sqlite.split("_")[:2])
    return getattr(original, "sqlstate", None) or ""


def not_found() -> ConversationNotFoundError:
    """There is no such conversation, learner or answer, or it belongs to somebody else."""
    return ConversationNotFoundError(
        Bilingual(
            zh="没有找到这个对话。请检查编号，或开始一个新的对话。",
            en="There is no such conversation. Check its id, or start a new one.",
        )
    )


def no_plan() -> PlanNotFoundError:
    """The learner has no study plan."""
    return PlanNotFoundError(
        Bilingual(
            zh="还没有学习计划。请先排一个计划。",
            en="There is no study plan yet. Make one first.",
        )
    )


def not_in_plan(part: str) -> PlanNotFoundError:
    """The study plan has no `part`, as in "d2l/linear-regression"."""
    return PlanNotFoundError(
        Bilingual(
            zh=f"学习计划里没有 {part}，它可能已经重新排过。请重新打开计划再试。",
            en=f"The study plan has no {part}; it may have been drawn again. "
            "Open the plan again, then try once more.",
        )
    )


def being_answered() -> ConversationBusyError:
    """Another turn holds the lease."""
    return ConversationBusyError(
        Bilingual(
            zh="这个对话的上一个问题还在回答中。请等它答完再问。",
            en="The previous question of this conversation is still being answered. "
            "Wait for it, then ask again.",
        )
    )


def lease_lost() -> ConversationBusyError:
    """The lease ran out and somebody else took it, or the conversation was deleted."""
    return ConversationBusyError(
        Bilingual(
            zh="回答期间这个对话被另一个问题占用或被删除，这次的问答没有保存。请重新提问。",
            en="While this was being answered, another question took over the conversation or it "
            "was deleted; this question and its answer were not stored. Ask again.",
        )
    )


def unusable_cursor() -> UsageError:
    """The place in the list was not given out by this store."""
    return UsageError(
        Bilingual(
            zh="列表的翻页位置不可用。请从第一页重新开始。",
            en="The place to continue the list from is not usable. Start from the first page.",
        )
    )


def unusable_url(shown: str) -> UsageError:
    """`shown` is not the address of a database that conversations can be kept in."""
    return UsageError(
        Bilingual(
            zh=f"不能把对话存到 {shown}。"
            "可用的写法：sqlite:////绝对路径/conversations.sqlite 或 "
            "postgresql://用户:密码@主机/数据库。",
            en=f"Conversations cannot be kept in {shown}. "
            "Use sqlite:////absolute/path/conversations.sqlite or "
            "postgresql://user:password@host/database.",
        )
    )


def missing_driver() -> UsageError:
    """PostgreSQL is configured and its driver is not installed."""
    return UsageError(
        Bilingual(
            zh="使用 PostgreSQL 还需要安装驱动：pip install '.[postgresql]'。",
            en="PostgreSQL needs its driver: pip install '.[postgresql]'.",
        )
    )


def newer_schema(place: str) -> ConversationError:
    """The tables at `place` were made by a later version of this program."""
    return ConversationError(
        Bilingual(
            zh=f"数据库 {place} 由更新版本的 tutor 建立，当前版本不能读取。请升级 tutor。",
            en=f"The database {place} was made by a later version of tutor "
            "that this one cannot read. Upgrade tutor.",
        )
    )


def database_busy(place: str) -> ConversationError:
    """Others kept the database locked, or all its connections in use, for too long."""
    return ConversationError(
        Bilingual(
            zh=f"存放对话的数据库 {place} 正忙，这一步没有保存。请稍后再试。",
            en=f"The database of the conversations, {place}, is busy; this step was not stored. "
            "Try again in a moment.",
        )
    )


def not_permitted(place: str, reason: str) -> ConversationError:
    """This process may not write to `place`."""
    return ConversationError(
        Bilingual(
            zh=f"无法写入存放对话的 {place}（{reason}）。请检查它是否存在、是否可写，"
            "或用 TUTOR_DATABASE 指定另一个位置。",
            en=f"Cannot write the conversations to {place} ({reason}). Check that it exists and "
            "that you may write to it, or name another place in TUTOR_DATABASE.",
        )
    )


def _damaged(place: str) -> ConversationError:
    return ConversationError(
        Bilingual(
            zh=f"存放对话的文件 {place} 已损坏。请从备份恢复它，"
            "或把它移走（之前的对话将不可用），然后再试。",
            en=f"The file of the conversations, {place}, is damaged. Restore it from a backup, "
            "or move it away (without the earlier conversations), then try again.",
        )
    )


def _no_space(place: str) -> ConversationError:
    return ConversationError(
        Bilingual(
            zh=f"无法写入存放对话的 {place}，磁盘可能已满。之前的内容没有丢失；请腾出空间后重试。",
            en=f"Cannot write the conversations to {place}; the disk may be full. "
            "Nothing stored before is lost: free some space, then try again.",
        )
    )


def _unusable(place: str, reason: str) -> ConversationError:
    return ConversationError(
        Bilingual(
            zh=f"无法使用存放对话的数据库 {place}（{reason}）。"
            "请检查地址、账号和数据库是否在运行。",
            en=f"Cannot use the database of the conversations, {place} ({reason}). "
            "Check its address and account, and that it is running.",
        )
    )
