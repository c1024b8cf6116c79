"""Made-up data for trying the portal out; everything here is marked as demonstration data."""
