"""Finding case studies: one way to ask, and a full-text engine behind it for each database that the portal runs on."""
