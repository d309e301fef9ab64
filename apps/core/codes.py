"""Random public names. Database ids never leave the server."""

import secrets

# No vowels and no Y: five letters never spell a word by accident, and read aloud well.
JOIN_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
JOIN_LENGTH = 5
# Crockford's base 32 in lower case: no i, l, o, u, which are misread.
ID_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 12


def new_id() -> str:
    """A public id: 12 characters, 60 random bits."""
    return "".join(secrets.choice(ID_LETTERS) for _ in range(ID_LENGTH))


def new_join_code() -> str:
    """A join code: 5 upper-case consonants, 3.2 million of them; uniqueness is the database's to hold."""
    return "".join(secrets.choice(JOIN_LETTERS) for _ in range(JOIN_LENGTH))


def normal_code(typed: str) -> str:
    """What somebody typed as a join code, without spaces and dashes, in upper case."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())
