"""The log as people use it."""
