"""What other people's YAML may not hold: a small file can fill the memory or the stack."""

from __future__ import annotations

import yaml

_DEEPEST = 32


def check_bounds(text: str) -> None:
    """Raise `yaml.MarkedYAMLError` where the YAML `text` repeats a part by an alias or nests deeper
    than 32 levels.

    The events are looked at one by one, before a loader builds anything: libyaml builds by
    recursion without a limit, and whoever prints an alias of aliases writes each of them out.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _refusal("a reference such as *name; write the value out", event)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise _refusal("nested too deeply", event)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _refusal(problem: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    # The stubs know the marks of the parser in Python only.
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]
