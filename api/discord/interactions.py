"""What Discord sends: the parts of an interaction that are used here, and nothing else."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from api.discord.errors import invalid_interaction
from corpus.types import Language

Snowflake = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")]
# It becomes a part of an address: nothing in it may lead elsewhere.
_Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9_.=-]{0,999}$")]


class _Received(BaseModel):
    model_config = ConfigDict(frozen=True)


class User(_Received):
    """A person or a bot."""

    id: Snowflake


class Member(_Received):
    """A person as a member of a server."""

    user: User


class Option(_Received):
    """What was filled in for an option of a command."""

    name: str
    value: str | int | float | bool | None = None


class CommandData(_Received):
    """A slash command by its name in English, whatever the reader saw."""

    name: str
    options: tuple[Option, ...] = ()


class PressData(_Received):
    """A button that was pressed, or a menu and what was chosen in it."""

    custom_id: str
    values: tuple[str, ...] = ()


class Origin(_Received):
    """Who did something where; `token` lets this program answer there for 15 minutes.

    `channel_id` is that of the thread in a thread, and "0" where Discord does not name it.
    """

    id: Snowflake
    application_id: Snowflake
    token: _Token
    channel_id: Snowflake = "0"
    member: Member | None = None
    user: User | None = None
    locale: str = "en-US"

    @model_validator(mode="after")
    def _is_from_somebody(self) -> Self:
        if (self.member is None) == (self.user is None):
            raise ValueError("neither from a server nor from a direct message")
        return self

    @property
    def user_id(self) -> str:
        """The person, in a server as in a direct message."""
        user = self.member.user if self.member else self.user
        assert user is not None  # noqa: S101 - validated
        return user.id

    @property
    def language(self) -> Language:
        """The language of the person's Discord."""
        chinese = self.locale.casefold().startswith("zh")
        return Language.CHINESE if chinese else Language.ENGLISH


class Ping(_Received):
    """Discord asks whether this endpoint is there."""

    type: Literal[1]


class Command(Origin):
    """Somebody entered a slash command."""

    type: Literal[2]
    data: CommandData

    def option(self, name: str) -> str | None:
        """The text that was filled in for an option; None where there is none."""
        values = (option.value for option in self.data.options if option.name == name)
        return next((value for value in values if isinstance(value, str)), None)


class Press(Origin):
    """Somebody used a button or a menu below a message."""

    type: Literal[3]
    data: PressData


Interaction = Ping | Command | Press
_INTERACTION: TypeAdapter[Interaction] = TypeAdapter(
    Annotated[Interaction, Field(discriminator="type")]
)


def read_interaction(body: bytes) -> Interaction:
    """The interaction in a signed body. Raises InvalidInteractionError."""
    try:
        return _INTERACTION.validate_json(body)
    except ValidationError:
        raise invalid_interaction() from None
