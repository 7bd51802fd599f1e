"""Dates as whoever runs a review types them -> moments, by the zone that they think in."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from reviewkit.domain.errors import Invalid


@cache
def time_zones() -> tuple[str, ...]:
    """The names of time zones that are offered: those of places, and UTC."""
    aside = ("Etc/", "SystemV/", "US/", "posix/", "right/")
    return ("UTC", *sorted(name for name in _known() if "/" in name and not name.startswith(aside)))


def zone_of(name: str) -> ZoneInfo:
    """The zone with that IANA name. Raises Invalid where there is none."""
    if name not in _known():  # asked first: the name would be looked up as the path of a file
        raise Invalid(f"“{name}” is no time zone. Write it as Europe/Berlin, or UTC.", "time_zone")
    return ZoneInfo(name)


def moment_in(zone: ZoneInfo, typed: datetime | None, field: str) -> datetime | None:
    """The moment in UTC; a date that has no zone of its own is in `zone`, and the earlier one where clocks go back.

    Raises Invalid, which names `field`, for an hour that clocks skip.
    """
    if typed is None or typed.tzinfo is not None:
        return typed
    try:
        moment = typed.replace(tzinfo=zone).astimezone(UTC)
        there = moment.astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        raise Invalid(f"The year {typed.year} is out of reach.", field) from None
    if there != typed.replace(fold=0):
        raise Invalid(f"There is no {typed:%H:%M} on {typed:%d %b %Y} in {zone}: the clocks go forward then.", field)
    return moment


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())
