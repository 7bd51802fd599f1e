"""The settings, or the request -> the address that links to forms begin with."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, current_app, request

from reviewkit.settings import Settings


def settle(app: Flask, settings: Settings) -> None:
    app.config["PUBLIC_URL"] = settings.public_url


def site() -> str:
    """As in https://reviews.example: the public address, or where none is set the one this request was sent to.

    What a browser calls this server may be made up by whoever sends the request, so a server that others reach should
    have its public address set.
    """
    return str(current_app.config["PUBLIC_URL"]) or request.host_url.rstrip("/")


def is_local(address: str) -> bool:
    """Whether only the computer that serves it finds an address, and no phone."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return (found := ip_address(host)).is_loopback or found.is_unspecified
    except ValueError:
        return False
