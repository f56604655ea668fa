"""The published documents as lists: the newest, those of a kind, year and category, and the same of other years."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.sql.functions import coalesce

from bot.model import Document, Group, Kind, Listed, YearsDocument
from bot.store.database import Database
from bot.store.passages import PUBLISHED
from bot.store.tables import documents, sections

DAY = coalesce(documents.c.published_on, documents.c.formed_on)
LINES = (
    select(documents.c.id, sections.c.id, documents.c.title, documents.c.year, DAY)
    .join(sections, and_(sections.c.document_id == documents.c.id, sections.c.position == 0))
    .where(PUBLISHED)
    # Those without a date last, in both databases; the id, so that a page neither skips nor repeats.
    .order_by(DAY.is_(None), DAY.desc(), documents.c.id)
)
YEARS_AROUND = 15


class Listings:
    """Lists of published documents, newest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(self, limit: int, offset: int = 0) -> tuple[Listed, ...]:
        """The newest documents, behind so many that are newer."""
        with self._database.read() as connection:
            return tuple(Listed(*row) for row in connection.execute(LINES.limit(limit).offset(offset)))

    def groups(self) -> tuple[Group, ...]:
        """How many documents there are of each kind, year and category."""
        columns = documents.c.kind, documents.c.year, documents.c.category
        counted = select(*columns, func.count()).where(PUBLISHED).group_by(*columns)
        with self._database.read() as connection:
            rows = connection.execute(counted).all()
        return tuple(Group(Kind(kind), year, category, count) for kind, year, category, count in rows)

    def documents(self, group: Group, *, offset: int, limit: int) -> tuple[Listed, ...]:
        """A page of a group's documents."""
        year = documents.c.year.is_(None) if group.year is None else documents.c.year == group.year
        within = LINES.where(documents.c.kind == group.kind.value, year, documents.c.category == group.category)
        with self._database.read() as connection:
            return tuple(Listed(*row) for row in connection.execute(within.offset(offset).limit(limit)))

    def of_year(self, agency: str, year: int) -> tuple[YearsDocument, ...]:
        """What an agency published in a year, by id: dated in it, or of that year where there is no date; no annual reports."""
        within = or_(DAY.between(date(year, 1, 1), date(year, 12, 31)), and_(DAY.is_(None), documents.c.year == year))
        found = (
            select(documents.c.id, documents.c.category)
            .where(PUBLISHED, documents.c.agency == agency, documents.c.kind != Kind.REPORT.value, within)
            .order_by(documents.c.id)
        )
        with self._database.read() as connection:
            return tuple(YearsDocument(*row) for row in connection.execute(found))

    def reports_of(self, agency: str, year: int) -> tuple[str, ...]:
        """Ids of an agency's published reports on a year."""
        theirs = documents.c.agency == agency, documents.c.kind == Kind.REPORT.value, documents.c.year == year
        with self._database.read() as connection:
            found = connection.execute(select(documents.c.id).where(PUBLISHED, *theirs).order_by(documents.c.id))
            return tuple(found.scalars())

    def of_other_years(self, document: Document) -> tuple[str, ...]:
        """Ids of an agency's documents whose titles differ from this one's in the year only, the nearest years first."""
        if document.year is None:
            return ()
        years = range(document.year - YEARS_AROUND, document.year + YEARS_AROUND + 1)
        titles = {document.title.replace(str(document.year), str(year)) for year in years}
        found = (
            select(documents.c.id)
            .where(
                PUBLISHED,
                documents.c.agency == document.agency,
                documents.c.kind == document.kind.value,
                documents.c.title.in_(titles),
                documents.c.year != document.year,
            )
            .order_by(func.abs(documents.c.year - document.year), documents.c.year.desc(), documents.c.id)
        )
        with self._database.read() as connection:
            return tuple(connection.execute(found).scalars())
