"""A workspace -> the web app over it, with its worker."""

from __future__ import annotations

import click

from reviewkit.settings import read_settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--worker/--no-worker", default=True, show_default=True, help="Analyse answers as they come in.")
@click.option("--workspace", metavar="URL", help="The workspace, where it is not given before the command.")
@click.pass_context
def command(context: click.Context, host: str, port: int, worker: bool, workspace: str | None) -> None:
    """Serve the web app."""
    from webapp.server import serve

    serve(read_settings(workspace=workspace), host=host, port=port, worker=worker)
