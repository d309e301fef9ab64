"""The log's one format."""

import json
import logging
import re
from datetime import UTC, datetime

# Signed tokens, stage addresses and one-time links: long runs of URL-safe characters, and anything behind `token=`.
SECRET = re.compile(r"(?<=token=)[^\s&\"']+|(?<=/stage/)[^\s/\"']+|[A-Za-z0-9_:.=-]{40,}")


class Lines(logging.Formatter):
    """One JSON object a line: `at`, `level`, `from`, `message`, and `error` with the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": SECRET.sub("[hidden]", record.getMessage()),
        }
        if record.exc_info:
            line["error"] = SECRET.sub("[hidden]", self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
