"""The server of one person on a JupyterHub: ``python -m backcare_widgets.launch.hub``.

It fills the person's own folder with the workbook, then is `jupyterhub-singleuser`.
"""

from __future__ import annotations

from pathlib import Path

from .folder import bring_up_to_date
from .server import find_our_settings


def main() -> None:
    """Start the server in the home of whoever runs it, and stay until it is ended."""
    folder = Path.home() / "backcare"
    bring_up_to_date(folder, is_shared=True)
    find_our_settings()
    from jupyterhub.singleuser import main as serve

    serve()


if __name__ == "__main__":
    main()
