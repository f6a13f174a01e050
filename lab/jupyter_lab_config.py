"""How JupyterLab is opened: on this machine only, and asking nothing of the network.

JupyterLab reads this file, and ``labconfig/default_setting_overrides.json`` beside it, because the
environment variable ``JUPYTER_CONFIG_PATH`` names this folder (``start.py`` and ``environment.yml``
set it). The token is JupyterLab's own and stays as it is.

The overrides switch off the question about news, the look for updates and the extension manager,
and keep every cell in the page (``windowingMode``): the words of a timer that has been scrolled
away are then still read out and still found by a search.
"""

import sys
from pathlib import Path

c = get_config()  # noqa: F821  (JupyterLab puts it there)

ROOT = Path(__file__).resolve().parent.parent

# One address, always: the page keeps sets that were not yet saved, and it keeps them apart for each
# host name and port. So no moving to the next port, and no "localhost" beside 127.0.0.1.
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.port = 8533
c.ServerApp.port_retries = 0

c.ServerApp.root_dir = str(ROOT)
c.LabApp.default_url = "/lab/tree/notebooks/00_start_here.ipynb"

# On some machines (containers, rented ones) root is the only user there is. What guards the
# workbook is the token and the loopback address, for root as for anybody.
c.ServerApp.allow_root = True

# Which tabs were open is kept with the workbook's own environment: another project's tabs do not
# open here, nor these there.
c.LabApp.workspaces_dir = str(Path(sys.prefix) / "share" / "jupyter" / "lab" / "workspaces")

c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# No search of the machine for editors' language servers (it starts npm where there is one).
c.LanguageServerManager.autodetect = False

# Warnings and the address only, so that the address is not lost among start-up notes.
c.Application.log_level = "WARN"
