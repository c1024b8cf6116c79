"""Page furniture: GOV.UK markup for crispy-forms, tags, pagination; knows nothing of partnerships."""
