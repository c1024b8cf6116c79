"""Figures for the README: ratios of things measured side by side in one run."""
