"""Routes of the crew, below `/api/v1/events/CODE/crew/`, and what the holder of an invitation's link can do."""
