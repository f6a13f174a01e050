"""Opening the workbook: the command `backcare`, the person's own folder, JupyterLab and the app."""
