"""What learners and conversations are called elsewhere, and who and which they are here.

Only digests are kept. They hide a name from a reader of the database as far as it cannot be
guessed: somebody who tries all user numbers of a chat service finds which of them are known.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.types import Language
from tutor.memory.conversations import add_conversation
from tutor.memory.profiles import add_learner, require_learner
from tutor.memory.tables import CONVERSATION_NAMES, CONVERSATIONS, LEARNER_NAMES, LEARNERS
from tutor.memory.upserting import insert_into


def name_digest(*parts: str) -> str:
    """The SHA-256 digest, in hexadecimal, of texts that are not confused with other texts."""
    digest = sha256()
    for part in parts:
        # The same bytes for no other text, lone surrogates included.
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:%s" % (len(encoded), encoded))
    return digest.hexdigest()


async def read_learner_named(
    connection: AsyncConnection, namespace: str, digest: str
) -> str | None:
    """The learner of this name, None where there is none."""
    columns = LEARNER_NAMES.c
    named = select(columns.learner_id).where(
        columns.namespace == namespace, columns.digest == digest
    )
    found: str | None = await connection.scalar(named)
    return found


async def create_learner_named(
    connection: AsyncConnection, namespace: str, digest: str, id: str, now: datetime
) -> str:
    """The learner of this name: a new one with `id`, unless another process was quicker."""
    await add_learner(connection, id, now)
    name = {"namespace": namespace, "digest": digest, "learner_id": id}
    named = await _named(connection, LEARNER_NAMES, name)
    if named != id:
        await connection.execute(delete(LEARNERS).where(LEARNERS.c.id == id))
    return named


async def read_conversation_named(
    connection: AsyncConnection, owner: str, digest: str
) -> str | None:
    """The conversation that `owner` has under this name, None where there is none."""
    columns = CONVERSATION_NAMES.c
    named = select(columns.conversation_id).where(columns.owner == owner, columns.digest == digest)
    found: str | None = await connection.scalar(named)
    return found


async def create_conversation_named(
    connection: AsyncConnection, owner: str, digest: str, id: str, language: Language, now: datetime
) -> str:
    """The conversation of this name: a new one with `id`, unless another process was quicker.

    Raises ConversationNotFoundError when there is no learner `owner`.
    """
    await require_learner(connection, owner)
    await add_conversation(connection, id, owner, language, now)
    name = {"owner": owner, "digest": digest, "conversation_id": id}
    named = await _named(connection, CONVERSATION_NAMES, name)
    if named != id:
        await connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id == id))
    return named


async def _named(connection: AsyncConnection, table: Table, name: dict[str, str]) -> str:
    """Adds the row `name` where its key is free; what that key stands for, now in any case."""
    *key, meaning = name
    # Waits for whoever adds the same name; to set what is there already makes it come back.
    row = (
        insert_into(connection, table)
        .values(name)
        .on_conflict_do_update(index_elements=key, set_={"digest": name["digest"]})
        .returning(table.c[meaning])
    )
    found: str = (await connection.execute(row)).scalar_one()
    return found
