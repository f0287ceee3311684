"""`/docs`: the OpenAPI document for people, without a request to anybody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.responses import FileResponse

_DIRECTORY: Final = Path(__file__).with_name("swagger_ui")
_FILES: Final = frozenset({"swagger-ui-bundle.js", "swagger-ui.css", "start.js"})
_HEADERS: Final = {
    # Swagger UI writes style attributes; everything else that it needs is here.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
_NOT_FOUND: Final = 404


def router() -> APIRouter:
    """The routes."""
    made = APIRouter(include_in_schema=False)
    made.add_api_route("/docs", _page, methods=["GET", "HEAD"])
    made.add_api_route("/docs/{name}", _file, methods=["GET", "HEAD"])
    return made


def describe(application: FastAPI) -> None:
    """Makes the OpenAPI document say that nobody needs a key at the machine itself."""
    described = application.openapi

    def openapi() -> dict[str, Any]:
        if application.openapi_schema is None:
            for operations in described()["paths"].values():
                for operation in operations.values():
                    if "security" in operation:
                        operation["security"].append({})
        return described()

    application.openapi = openapi  # type: ignore[method-assign]


async def _page() -> FileResponse:
    return FileResponse(_DIRECTORY / "index.html", headers=_HEADERS)


async def _file(name: str) -> FileResponse:
    if name not in _FILES:
        raise HTTPException(_NOT_FOUND)
    return FileResponse(_DIRECTORY / name, headers=_HEADERS)
