"""JupyterHub for a clinic or a company: each person has a server, a home and a log of their own.

`BACKCARE_SPAWNER` says how a server is started: `docker` (`compose.yaml`) in a container each, or
`local` as a process each, of the person's own user of this machine. `docs/hub.md` says the rest.
"""

import os
import sys

c = get_config()  # noqa: F821  (JupyterHub puts it there)

# Who may come in: the organisation's own directory says so. PAM asks this machine; `generic-oauth`
# takes an OpenID Connect provider, named by the OAUTH_* variables of `oauthenticator`.
c.JupyterHub.authenticator_class = os.environ.get("BACKCARE_AUTHENTICATOR", "pam")
c.Authenticator.allow_all = True

c.JupyterHub.bind_url = os.environ.get("BACKCARE_HUB_URL", "http://127.0.0.1:8000")
c.JupyterHub.cookie_secret_file = os.environ.get("BACKCARE_HUB_SECRET", "cookie_secret")
c.JupyterHub.db_url = os.environ.get("BACKCARE_HUB_DATABASE", "sqlite:///jupyterhub.sqlite")

# A person's server: it fills `backcare` in their home with the workbook, its notebooks read-only,
# and opens it without code, or in JupyterLab.
c.Spawner.cmd = [sys.executable, "-m", "backcare_widgets.launch.hub"]
c.Spawner.notebook_dir = "~/backcare"
START = "notebooks/00_start_here.ipynb"
IS_LAB = os.environ.get("BACKCARE_VIEW") == "lab"
c.Spawner.default_url = f"/lab/tree/{START}" if IS_LAB else f"/voila/render/{START}"
c.Spawner.mem_guarantee = "160M"
c.Spawner.mem_limit = "768M"
c.Spawner.cpu_limit = 1
c.Spawner.http_timeout = 60

if os.environ.get("BACKCARE_SPAWNER", "local") == "docker":
    c.JupyterHub.spawner_class = "docker"
    c.JupyterHub.hub_ip = "0.0.0.0"
    c.JupyterHub.hub_connect_ip = "hub"
    c.DockerSpawner.image = os.environ.get("BACKCARE_IMAGE", "backcare")
    c.DockerSpawner.cmd = ["python", "-m", "backcare_widgets.launch.hub"]
    c.DockerSpawner.network_name = "backcare"
    c.DockerSpawner.volumes = {"backcare-{username}": "/srv/person"}
    c.DockerSpawner.remove = True
else:
    c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"

# A server that nobody uses for an hour ends; the page goes on, and what it could not save waits in
# the browser.
c.JupyterHub.services = [
    {"name": "idle", "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"]}
]
c.JupyterHub.load_roles = [
    {
        "name": "idle",
        "services": ["idle"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    }
]
# Nobody looks into another's server, an administrator neither.
c.JupyterHub.admin_access = False
