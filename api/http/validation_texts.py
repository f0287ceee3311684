"""What is wrong with a field of a request, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from corpus.types import Bilingual

# By pydantic's name of the fault; what stands in braces is from its context.
_FAULTS: Final[Mapping[str, Bilingual]] = {
    "missing": Bilingual(zh="缺少这一项", en="it is missing"),
    "extra_forbidden": Bilingual(zh="没有这个字段", en="there is no such field"),
    "string_type": Bilingual(zh="要是文字", en="it has to be text"),
    "string_too_short": Bilingual(
        zh="至少 {min_length} 个字", en="at least {min_length} characters"
    ),
    "string_too_long": Bilingual(zh="至多 {max_length} 个字", en="at most {max_length} characters"),
    "string_pattern_mismatch": Bilingual(zh="格式不对", en="it has another form"),
    "string_unicode": Bilingual(
        zh="含有无法编码的字符", en="it holds characters that cannot be encoded"
    ),
    "enum": Bilingual(zh="只能是 {expected}", en="it has to be {expected}"),
    "literal_error": Bilingual(zh="只能是 {expected}", en="it has to be {expected}"),
    "int_type": Bilingual(zh="要是整数", en="it has to be a whole number"),
    "int_parsing": Bilingual(zh="要是整数", en="it has to be a whole number"),
    "int_from_float": Bilingual(zh="要是整数", en="it has to be a whole number"),
    "float_type": Bilingual(zh="要是数字", en="it has to be a number"),
    "float_parsing": Bilingual(zh="要是数字", en="it has to be a number"),
    "finite_number": Bilingual(zh="要是有限的数字", en="it has to be a finite number"),
    "greater_than": Bilingual(zh="要大于 {gt}", en="it has to be greater than {gt}"),
    "greater_than_equal": Bilingual(zh="不能小于 {ge}", en="it must not be less than {ge}"),
    "less_than_equal": Bilingual(zh="不能大于 {le}", en="it must not be greater than {le}"),
    "too_long": Bilingual(zh="至多 {max_length} 项", en="at most {max_length} of them"),
    "too_short": Bilingual(zh="至少 {min_length} 项", en="at least {min_length} of them"),
    "list_type": Bilingual(zh="要是列表", en="it has to be a list"),
    "model_attributes_type": Bilingual(zh="要是 JSON 对象", en="it has to be a JSON object"),
    "dict_type": Bilingual(zh="要是 JSON 对象", en="it has to be a JSON object"),
}
_OTHER: Final = Bilingual(zh="不可用", en="it cannot be used")
_LONGEST_NAME: Final = 60


def field_of(fault: Mapping[str, Any]) -> str | None:
    """The name of the field that pydantic's `fault` is about; None for the body as a whole."""
    # A name that the caller made up may be anything; it is shown as a name, and no longer.
    parts = [_printable(part) for part in fault["loc"][1:] if isinstance(part, str | int)]
    return ".".join(parts) or None


def validation_text(fault: Mapping[str, Any]) -> Bilingual:
    """What is wrong and where, from one of pydantic's errors."""
    said = _said(fault)
    name = field_of(fault)
    where = (
        Bilingual(zh=f"字段 {name}：", en=f"{name}: ") if name else Bilingual(zh="请求：", en="")
    )
    return Bilingual(
        zh=f"{where.zh}{said.zh}。请改正后再发，接口说明见 /docs。",
        en=f"{where.en}{said.en}. Correct it; /docs describes what is expected.",
    )


def _said(fault: Mapping[str, Any]) -> Bilingual:
    said = _FAULTS.get(fault["type"], _OTHER)
    context = fault.get("ctx") or {}
    chinese = {name: str(value).replace(" or ", "、") for name, value in context.items()}
    try:
        return Bilingual(zh=said.zh.format(**chinese), en=said.en.format(**context))
    except (KeyError, IndexError):
        return _OTHER


def _printable(part: str | int) -> str:
    text = str(part).encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else "?" for c in text)[:_LONGEST_NAME]
