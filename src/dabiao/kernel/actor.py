"""Who acts, as a plain value rebuilt on each request from session and postings."""

from collections.abc import Iterable
from dataclasses import dataclass

from dabiao.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Post:
    """One posting in force: a role at a unit or at a body, with the territory that follows from it."""

    role: Role
    unit: int | None = None
    body: int | None = None
    jurisdiction: int | None = None  # None for city bodies: the whole city
    locality: int | None = None  # the street, town or park, where the body is one
    title: str = ""  # name of the unit or body, for screens and journal


@dataclass(frozen=True, slots=True)
class Actor:
    """Account and postings. `account` is None for the public and for time itself."""

    account: int | None
    name: str
    posts: tuple[Post, ...] = ()

    def holds(self, *roles: Role) -> bool:
        return any(post.role in roles for post in self.posts)

    def at_unit(self, unit: int | None, *roles: Role) -> bool:
        """Holds one of the roles at that very unit."""
        return unit is not None and any(post.unit == unit and post.role in roles for post in self.posts)

    def at_body(self, body: int | None, *roles: Role) -> bool:
        return body is not None and any(post.body == body and post.role in roles for post in self.posts)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset([post.role for post in self.posts])

    @property
    def units(self) -> tuple[int, ...]:
        return _ids([post.unit for post in self.posts])

    @property
    def bodies(self) -> tuple[int, ...]:
        return _ids([post.body for post in self.posts])

    def jurisdictions(self, *roles: Role) -> tuple[int, ...]:
        return _ids(post.jurisdiction for post in self.posts if post.role in roles and post.locality is None)

    def localities(self, *roles: Role) -> tuple[int, ...]:
        return _ids(post.locality for post in self.posts if post.role in roles)

    @property
    def signed_in(self) -> bool:
        return self.account is not None


def _ids(values: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(sorted([value for value in set(values) if value is not None]))


PUBLIC = Actor(None, "公众", (Post(Role.PUBLIC),))
TIME = Actor(None, "时限（系统自动）", (Post(Role.TIME),))
