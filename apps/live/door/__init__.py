"""The name under which our server offers its protocol object to the consumer, in `scope["extensions"]`.

Where it is missing (any other ASGI server, or TLS in between), frames go through the ordinary ASGI send.
"""

DOOR = "socialhub.door"
