"""When the cities of these tests are told."""

from datetime import UTC, datetime

AT = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)  # a Friday afternoon in Shanghai
