"""An error is logged with its traceback and without the row that it was about."""

import io
import logging
import logging.config

import psycopg
import pytest

from engawa.engine.logs import DiscreetFormatter
from engawa.engine.postgres.cluster import ADMIN
from engawa.engine.settings import base

WORDS = "夜になると\n眠れません\nDETAIL: まだあります"


@pytest.fixture
def written() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def log(written: io.StringIO) -> logging.Logger:
    handler = logging.StreamHandler(written)
    handler.setFormatter(DiscreetFormatter())
    log = logging.Logger("engawa.test")  # noqa: LOG001 # of this test alone
    log.addHandler(handler)
    return log


def _break_a_rule(cluster: str) -> None:
    with psycopg.connect(host=cluster, user=ADMIN, dbname="postgres") as connection:
        connection.execute("CREATE TEMPORARY TABLE said (words text, number int CHECK (number > 0))")
        connection.execute("INSERT INTO said VALUES (%s, 0)", [WORDS])


def test_a_failing_row_is_not_quoted(cluster: str, log: logging.Logger, written: io.StringIO) -> None:
    try:
        try:
            _break_a_rule(cluster)
        except psycopg.Error as error:
            log.warning("refused: %s", error)
            raise RuntimeError("handling it failed too") from error
    except RuntimeError:
        log.exception("Internal Server Error")
    text = written.getvalue()
    assert "夜になると" not in text
    assert "眠れません" not in text
    assert "まだあります" not in text
    for kept in ("violates check constraint", "_break_a_rule", "handling it failed too", "Internal Server Error"):
        assert kept in text


def test_every_log_of_the_house_is_written_that_way() -> None:
    (handler,) = base.LOGGING["handlers"].values()
    formatter = base.LOGGING["formatters"][handler["formatter"]]
    assert formatter["()"] == "engawa.engine.logs.DiscreetFormatter"
    logging.config.dictConfigClass(base.LOGGING)
