"""Days and times as pages write them in Arabic; Django has no format of its own for both together."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
