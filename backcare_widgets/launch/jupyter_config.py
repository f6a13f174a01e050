"""How the workbook is served: on this machine only, and asking nothing of the network.

Jupyter reads this file, and ``labconfig/default_setting_overrides.json`` beside it, because the
environment variable ``JUPYTER_CONFIG_PATH`` names this folder (``server.py`` sets it). The token is
Jupyter's own and stays as it is.

The overrides switch off the question about news, the look for updates and the extension manager,
and keep every cell in the page (``windowingMode``): the words of a timer that has been scrolled
away are then still read out and still found by a search.
"""

from backcare_widgets.workbook import own_folder

c = get_config()  # noqa: F821  (Jupyter puts it there)

# One address, always: the page keeps sets that were not yet saved, and it keeps them apart for each
# host name and port. So no moving to the next port, and no "localhost" beside 127.0.0.1.
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.port_retries = 0

# On some machines (containers, rented ones) root is the only user there is. What guards the
# workbook is the token and the loopback address, for root as for anybody.
c.ServerApp.allow_root = True

# Which tabs were open is kept apart: another project's tabs do not open here, nor these there.
c.LabApp.workspaces_dir = str(own_folder() / "workspaces")

# It saves no outputs. Not one that answers later: Voilà as a part of this server reads pictures
# from it as if it answered at once.
c.ServerApp.contents_manager_class = "backcare_widgets.launch.saving.WorkbookFiles"

c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# No search of the machine for editors' language servers (it starts npm where there is one).
c.LanguageServerManager.autodetect = False


# The pages without code: our own template, which asks no other host, and nothing but the pages.
def without_mathjax(page_config, **_):  # noqa: ANN001, ANN003, ANN201
    """Return the settings of a page without the MathJax of another host."""
    return page_config | {"fullMathjaxUrl": "null", "mathjaxConfig": "null"}


c.VoilaConfiguration.page_config_hook = without_mathjax
c.VoilaConfiguration.template = "backcare"
c.VoilaConfiguration.allow_template_override = "NO"
c.VoilaConfiguration.extension_denylist = [
    "@jupyter-notebook/lab-extension",
    "@voila-dashboards/jupyterlab-preview",
]
c.VoilaConfiguration.show_tracebacks = True  # ours are sentences
c.VoilaConfiguration.file_allowlist = [r"notebooks/figures/.*\.svg"]

# Warnings and the address only, so that the address is not lost among start-up notes.
c.Application.log_level = "WARN"
