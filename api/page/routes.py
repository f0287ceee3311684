"""The routes of the web page: its files, and nothing that the API does not offer to everybody."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response

from api.http.locality import is_local
from api.page.files import INDEX, PageFile, page_files

_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types dompurify",  # the only one who may turn text into HTML
    )
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",  # looking up the host of a link would tell of the reader
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-cache",
    "Vary": "Accept-Encoding",
}
# Browsers ignore it, and complain, where anybody on the way could have changed the page.
_TRUSTED_ORIGIN: Final = {"Cross-Origin-Opener-Policy": "same-origin"}
_NOT_CHANGED: Final = 304
_NOT_FOUND: Final = 404


def page_router() -> APIRouter:
    """`/` and `/static/…`, the files read now."""
    files = page_files()

    async def index(request: Request) -> Response:
        return _response(files[INDEX], request)

    async def static(name: str, request: Request) -> Response:
        if name == INDEX or name not in files:
            raise HTTPException(_NOT_FOUND)
        return _response(files[name], request)

    router = APIRouter(include_in_schema=False)
    router.add_api_route("/", index, methods=["GET", "HEAD"])
    router.add_api_route("/static/{name:path}", static, methods=["GET", "HEAD"])
    return router


def _response(file: PageFile, request: Request) -> Response:
    headers = _HEADERS | {"ETag": file.tag}
    if request.url.scheme == "https" or is_local(request):
        headers |= _TRUSTED_ORIGIN
    known = {tag.strip().removeprefix("W/") for tag in _header(request, "if-none-match").split(",")}
    if file.tag in known:
        return Response(status_code=_NOT_CHANGED, headers=headers)
    if "gzip" in _header(request, "accept-encoding"):
        packed = headers | {"Content-Encoding": "gzip"}
        return Response(file.compressed, media_type=file.media_type, headers=packed)
    return Response(file.body, media_type=file.media_type, headers=headers)


def _header(request: Request, name: str) -> str:
    return request.headers.get(name, "")
