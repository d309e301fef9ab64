"""Long answers arrive whole at browsers that take them compressed, and only texts are compressed."""

import io
import secrets
import zipfile
from pathlib import Path

import pytest

from tests.servers.daphne import Server
from tests.servers.people import FOUNDING, evening

# More than one piece of a download, and hardly compressible.
SEGMENTS, DIGITS = 90, 1_900


@pytest.fixture
def wordy(tmp_path: Path) -> str:
    """The founding programme with so much to say that its keepsake and its export come in several pieces."""
    more = "".join(
        f'\n[[segments]]\nkind = "break"\ntitle = "Break {number}"\nminutes = 1\n'
        f'instructions = "{secrets.token_hex(DIGITS // 2)}"\n'
        for number in range(SEGMENTS)
    )
    (tmp_path / "wordy.toml").write_text(Path(FOUNDING).read_text() + more)
    return str(tmp_path / "wordy.toml")


def test_long_files_arrive_whole(server: Server, wordy: str) -> None:
    here = evening(server, wordy)
    archive = here.hana.client.get(f"/console/{here.code}/export.zip").raise_for_status()
    assert len(archive.content) == int(archive.headers["content-length"]) > 64 * 1024
    assert zipfile.ZipFile(io.BytesIO(archive.content)).testzip() is None
    page = here.hana.client.get(f"/console/{here.code}/").raise_for_status()
    assert page.headers["content-encoding"] == "gzip"
    assert page.text.rstrip().endswith("</html>")
    here.close()
