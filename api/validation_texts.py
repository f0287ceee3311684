"""What is wrong with a value that came from outside, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from corpus.types import Bilingual

_WHOLE_NUMBER: Final = Bilingual(zh="要是整数", en="it has to be a whole number")
_NUMBER: Final = Bilingual(zh="要是数字", en="it has to be a number")
_YES_OR_NO: Final = Bilingual(zh="要是 true 或 false", en="it has to be true or false")
_ONE_OF: Final = Bilingual(zh="只能是 {expected}", en="it has to be {expected}")
_OBJECT: Final = Bilingual(zh="要是 JSON 对象", en="it has to be a JSON object")

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
    "enum": _ONE_OF,
    "literal_error": _ONE_OF,
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "int_type": _WHOLE_NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": Bilingual(zh="要是有限的数字", en="it has to be a finite number"),
    "greater_than": Bilingual(zh="要大于 {gt}", en="it has to be greater than {gt}"),
    "greater_than_equal": Bilingual(zh="不能小于 {ge}", en="it must not be less than {ge}"),
    "less_than_equal": Bilingual(zh="不能大于 {le}", en="it must not be greater than {le}"),
    "too_long": Bilingual(zh="至多 {max_length} 项", en="at most {max_length} of them"),
    "too_short": Bilingual(zh="至少 {min_length} 项", en="at least {min_length} of them"),
    "list_type": Bilingual(zh="要是列表", en="it has to be a list"),
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "url_parsing": Bilingual(
        zh="要是完整的网址，例如 https://example.org",
        en="it has to be a whole address such as https://example.org",
    ),
    "url_scheme": Bilingual(
        zh="网址要以 http:// 或 https:// 开头", en="it has to begin with http:// or https://"
    ),
}
_OTHER: Final = Bilingual(zh="格式不对", en="it cannot be used")


def fault_text(fault: Mapping[str, Any]) -> Bilingual:
    """What is wrong, from one of pydantic's errors: a clause without a full stop."""
    said = _FAULTS.get(fault["type"], _OTHER)
    english = {name: _plain(value) for name, value in (fault.get("ctx") or {}).items()}
    chinese = {
        name: value.replace(" or ", "、").replace(", ", "、") for name, value in english.items()
    }
    try:
        return Bilingual(zh=said.zh.format(**chinese), en=said.en.format(**english))
    except (KeyError, IndexError):
        return _OTHER


def _plain(value: object) -> str:
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)
