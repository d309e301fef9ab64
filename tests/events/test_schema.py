"""The OpenAPI schema: complete, without a warning, and with the one shape of errors everywhere."""

import warnings

from django.urls import get_resolver
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema


def test_the_schema_is_clean() -> None:
    GENERATOR_STATS.reset()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        schema = SchemaGenerator(patterns=get_resolver().url_patterns).get_schema(request=None, public=True)
    validate_schema(schema)
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache
    routes = [
        (path, method, operation)
        for path, methods in schema["paths"].items()
        if path.startswith("/api/v1/events/")
        for method, operation in methods.items()
    ]
    assert len(routes) >= 12
    for path, method, operation in routes:
        refused = {status: body for status, body in operation["responses"].items() if int(status) >= 400}
        assert "404" in refused, (path, method)
        for body in refused.values():
            assert body["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
        keyed = any(one["name"] == "Idempotency-Key" for one in operation.get("parameters", []))
        # A line that somebody gives may come twice and late, and then means something else; a drawing writes nothing.
        writes = method in ("post", "patch") and not path.endswith("/logos/")
        assert keyed == (writes or "/contacts/" in path), (path, method)
