"""What pages of case studies ask of the database, by subject."""
