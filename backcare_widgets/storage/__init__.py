"""Rows that are never lost: their file, its backups, and its repair."""
