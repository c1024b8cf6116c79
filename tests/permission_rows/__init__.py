"""Rows of the permission table, one module an app."""
