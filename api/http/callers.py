"""Who is asking: an API key and its user, or somebody at this machine without one."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Header, Request, Response, Security
from fastapi.security import HTTPBearer

from api.access.records import TOKEN_PREFIX, ApiKey, Scope
from api.errors import KeyInvalidError, KeyMissingError, ScopeMissingError
from api.http.locality import address_of, is_local
from api.http.services import Services, ServicesOf
from api.limits import admit
from corpus.errors import UsageError
from corpus.types import Bilingual

LEARNER_COOKIE: Final = "xianhou_learner"
LEARNER_HEADER: Final = "x-learner-id"
USER_HEADER: Final = "x-user-id"
_LONGEST_NAME: Final = 200
_KEY_SCHEME: Final = HTTPBearer(
    auto_error=False, scheme_name="API key", description="A key of `tutor keys create`."
)
_USER: Final = "With an API key: which of its users this is; each is a learner of their own."
_LEARNER: Final = "Without a key: the secret id of the learner, from `POST /v1/learner`."
_COOKIE_SECONDS: Final = 400 * 24 * 3600  # browsers keep none for longer
_KEY_MISSING: Final = Bilingual(
    zh="这里需要 API 密钥。请在请求头里写 Authorization: Bearer 加上管理员给你的密钥。",
    en="An API key is needed here. Send the one you were given in the header "
    "Authorization: Bearer …",
)
_KEY_INVALID: Final = Bilingual(
    zh="这个 API 密钥不存在或已经停用。请检查密钥，或向管理员要一个新的。",
    en="This API key is unknown or was revoked. Check it, or ask for a new one.",
)
_NAME_TOO_LONG: Final = Bilingual(
    zh=f"X-User-Id 和 X-Learner-Id 至多 {_LONGEST_NAME} 个字符。请缩短。",
    en=f"X-User-Id and X-Learner-Id hold at most {_LONGEST_NAME} characters. Shorten them.",
)
_SCOPE_MISSING: Final = Bilingual(
    zh="这个 API 密钥没有权限 {scope}。请用有这个权限的密钥。",
    en="This API key lacks the scope {scope}. Use one that has it.",
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever sent a request.

    With a `key`, `name` is what the key's holder calls its user ("" for the holder). Without one,
    `name` is the secret id of a learner that the caller brought along, "" where none.
    """

    key: ApiKey | None
    name: str

    @property
    def namespace(self) -> str:
        """Where the names of the key's users are unique."""
        return f"key:{self.key.id}" if self.key else ""


def requires(scope: Scope) -> Callable[..., Awaitable[Caller]]:
    """A dependency that lets in who may do `scope`, as often as they may.

    It raises KeyMissingError, KeyInvalidError, ScopeMissingError, RateLimitedError.
    """

    async def caller(
        request: Request,
        services: ServicesOf,
        _key: Annotated[object, Security(_KEY_SCHEME)],
        _user: Annotated[str | None, Header(alias="X-User-Id", description=_USER)] = None,
        _learner: Annotated[str | None, Header(alias="X-Learner-Id", description=_LEARNER)] = None,
    ) -> Caller:
        # The headers are declared for who reads the OpenAPI document; they are read as they came.
        found = await _caller(request, services)
        _require_scope(found, scope)
        return found

    return caller


async def require_operator(request: Request, services: Services) -> None:
    """Lets in whoever is at this machine or has a key for everything; raises as `requires`."""
    if not request.headers.get("authorization") and is_local(request):
        return
    _require_scope(await _caller(request, services), Scope.ADMIN)


async def known_learner(caller: Caller, services: Services) -> str | None:
    """The id of the caller's learner, None where nothing is kept about them."""
    if caller.key is not None:
        return await services.conversations.learner_named(caller.namespace, caller.name)
    if caller.name and await services.conversations.is_learner(caller.name):
        return caller.name
    return None


async def new_or_known_learner(
    caller: Caller, services: Services, request: Request, response: Response
) -> str:
    """The id of the caller's learner, made where there was none; a browser gets it as a cookie."""
    if caller.key is not None:
        return await services.conversations.learner_for(caller.namespace, caller.name)
    if known := await known_learner(caller, services):
        return known
    made = await services.conversations.new_learner()
    response.set_cookie(
        LEARNER_COOKIE,
        made,
        max_age=_COOKIE_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return made


async def _caller(request: Request, services: Services) -> Caller:
    settings = services.settings
    token = _token(request)
    if token and not _is_a_filler(token, request, services):
        key = await services.access.find_key(token)
        if key is None:
            await admit(services.access, f"address:{_network(request)}", settings.address_rate)
            raise KeyInvalidError(_KEY_INVALID)
        name = _name(request.headers.get(USER_HEADER, ""))
        await admit(services.access, f"key:{key.id}", settings.key_rate)
        if name:
            # One user of a key must not use up what it holds for all of them.
            await admit(services.access, f"key:{key.id}:user:{name}", settings.address_rate)
        return Caller(key, name)
    if not _is_own_page(request, services):
        raise KeyMissingError(_KEY_MISSING)
    await admit(services.access, f"address:{_network(request)}", settings.address_rate)
    if not _may_be_anonymous(request, services):
        raise KeyMissingError(_KEY_MISSING)
    named = request.headers.get(LEARNER_HEADER) or request.cookies.get(LEARNER_COOKIE, "")
    return Caller(None, _name(named))


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.casefold() == "bearer" else ""


def _is_a_filler(token: str, request: Request, services: Services) -> bool:
    """Whether `token` is no key of ours where none is needed: many clients insist on some key."""
    return not token.startswith(TOKEN_PREFIX) and _may_be_anonymous(request, services)


def _may_be_anonymous(request: Request, services: Services) -> bool:
    return services.settings.allow_anonymous or is_local(request)


def _name(header: str) -> str:
    """The name of a learner; a cut one could be somebody else's."""
    if len(header) > _LONGEST_NAME:
        raise UsageError(_NAME_TOO_LONG)
    return header


def _require_scope(caller: Caller, scope: Scope) -> None:
    # Whoever is at the machine itself may ask; more needs a key.
    allowed = caller.key.allows(scope) if caller.key else scope is Scope.ASK
    if allowed:
        return
    if caller.key is None:
        raise KeyMissingError(_KEY_MISSING)
    raise ScopeMissingError(
        Bilingual(
            zh=_SCOPE_MISSING.zh.format(scope=scope), en=_SCOPE_MISSING.en.format(scope=scope)
        )
    )


def _network(request: Request) -> str:
    """The caller's address; of IPv6 the network, since one caller has as many as they like."""
    host = request.client.host if request.client else ""
    address = address_of(host)
    if address is None or address.version == 4:  # noqa: PLR2004
        return str(address or host)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _is_own_page(request: Request, services: Services) -> bool:
    """Whether the page that sends this, if one does, is ours: others must not use our cookie."""
    origin = request.headers.get("origin")
    if origin is not None and origin in services.settings.allowed_origins:
        return True
    if origin is None:
        # A link to us is fine; a picture or a script of another site is not.
        foreign = request.headers.get("sec-fetch-site") == "cross-site"
        return not foreign or request.headers.get("sec-fetch-mode") == "navigate"
    host = request.headers.get("host")
    # A proxy that ends TLS makes https of what comes in as http.
    return origin in {f"http://{host}", f"https://{host}"}


AskingCaller = Annotated[Caller, Depends(requires(Scope.ASK))]
IngestingCaller = Annotated[Caller, Depends(requires(Scope.INGEST))]
