"""Routes of the wall, below `/api/v1/events/CODE/walls/SEGMENT/`: who asks, what they may, then one action."""
