"""A workspace -> the web app over it, with its worker."""

from __future__ import annotations

import click

from reviewkit.cli.terminal.opening import settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--worker/--no-worker", default=True, show_default=True, help="Analyse answers as they come in.")
@click.option("--public-url", metavar="URL", help="The address that people reach it at; links to forms begin with it.")
def command(host: str, port: int, worker: bool, public_url: str | None) -> None:
    """Serve the web app."""
    from webapp.server import serve  # loads Flask and gunicorn, which no --help needs

    serve(settings(public_url), host=host, port=port, worker=worker)
