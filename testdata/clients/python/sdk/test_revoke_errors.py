"""The rows that every client is put to are those of the document, all of them and in its order."""

from pathlib import Path

from .revoke_errors import ROWS

DOCUMENT = Path(__file__).parents[3] / "upstream" / "revoke-security-group.txt"


def test_rows_are_those_of_the_document():
    _, errors = DOCUMENT.read_text().split("[errors]\n")
    documented = [line.split(" | ") for line in errors.splitlines()]
    assert len(documented) == len(ROWS) == 20
    for (status, code, message), row in zip(documented, ROWS):
        assert (status, code) == (str(row.status), row.code)
        assert message in ("%s", row.message)
