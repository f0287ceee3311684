"""Says in two languages what is wrong with a field of a source file, and what to do about it."""

from __future__ import annotations

from typing import NoReturn

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from corpus.errors import SourceFileError
from corpus.types import Bilingual

_REMEDIES = {
    "missing": Bilingual("缺少这一项，请补上", "is missing; add it"),
    "extra_forbidden": Bilingual(
        "没有这个字段，请改正拼写或删去", "is not a known field; correct its spelling or remove it"
    ),
    "string_type": Bilingual(
        "应是文字；如果写的是数字、日期或 yes/no，请加引号",
        "must be text; put quotes around a number, a date or yes/no",
    ),
    "string_too_short": Bilingual("不能为空，请填写", "must not be empty; fill it in"),
    "too_short": Bilingual("至少要有一项，请补上", "needs at least one entry; add one"),
    "greater_than": Bilingual("应大于 0，请改正", "must be greater than 0; correct it"),
    "int_type": Bilingual("应是整数，请改正", "must be a whole number; correct it"),
    "float_type": Bilingual("应是数字，请改正", "must be a number; correct it"),
    "bool_type": Bilingual("应是 true 或 false，请改正", "must be true or false; correct it"),
    "list_type": Bilingual(
        "应是列表，请写成 [甲, 乙] 或每行一个「- 甲」",
        "must be a list; write [a, b] or one '- a' a line",
    ),
    "model_type": Bilingual(
        "应写成「字段: 值」的形式，例如 {zh: …, en: …}",
        "must hold fields; write it like {zh: …, en: …}",
    ),
}


def rule(zh: str, en: str, field: str = "") -> PydanticCustomError:
    """An error for a validator to raise: `field` is relative to the model that is validated."""
    return PydanticCustomError("rule", "{en}", {"zh": zh, "en": en, "field": field})


def refuse(name: str, zh: str, en: str) -> NoReturn:
    """Raise `SourceFileError` about the file called `name`."""
    raise SourceFileError(name, (Bilingual(zh, en),))


def field_faults(error: ValidationError) -> tuple[Bilingual, ...]:
    """What `error` complains about, each with its field and what to do."""
    return tuple(_complaint(detail) for detail in error.errors())


def refuse_fields(name: str, error: ValidationError) -> NoReturn:
    """Raise `SourceFileError` listing every field of `name` that `error` complains about."""
    raise SourceFileError(name, field_faults(error))


def _complaint(detail: ErrorDetails) -> Bilingual:
    context = detail.get("ctx", {})
    path = [str(part) for part in detail["loc"]] + [context.get("field", "")]
    field = ".".join(part for part in path if part)
    remedy = _remedy(detail)
    if not field:
        return Bilingual(f"整个文件{remedy.zh}", f"the file {remedy.en}")
    return Bilingual(f"字段 {field} {remedy.zh}", f"field {field} {remedy.en}")


def _remedy(detail: ErrorDetails) -> Bilingual:
    context = detail.get("ctx", {})
    if detail["type"] == "rule":
        return Bilingual(context["zh"], context["en"])
    if detail["type"] in ("enum", "literal_error"):
        expected = str(context["expected"])
        return Bilingual(
            f"只能取 {expected.replace(' or ', ' 或 ')}，请改正",
            f"must be {expected}; correct it",
        )
    known = _REMEDIES.get(detail["type"])
    message = detail["msg"].lower()
    return known or Bilingual(
        f"的值不合要求（{message}），请改正", f"is not valid ({message}); correct it"
    )
