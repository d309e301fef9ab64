"""The one origin the tests' site lets in."""

ORIGIN = "http://testserver"
