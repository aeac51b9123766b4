"""Writing a dump: all records into a staging table by COPY, then one upsert, or nothing at all."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg import sql
from psycopg.types.json import Jsonb

from institutions.domains import effective_domains
from institutions.importing.reading import read_values
from institutions.importing.records import BadRecord, read_record
from institutions.importing.report import DumpReport
from institutions.models import Institution
from lib.errors import Refused

_TABLE = sql.Identifier(Institution._meta.db_table)
# What an import writes. The rest is ours: who added which domain, and words of caution.
_OURS = {"created_at", "added_domains", "barred_domains", "caution", "search"}
_FIELDS = [field for field in Institution._meta.concrete_fields if field.name not in _OURS]
_COLUMNS = [str(field.column) for field in _FIELDS]
_COMPARED = [column for column in _COLUMNS if column not in {"id", "ror_id"}]


class DumpRefused(Refused):
    """Records of the file are faulty, so nothing was written."""

    def __init__(self, report: DumpReport) -> None:
        super().__init__(
            _(
                "Nothing was written, because records were refused. Mend them, or import the "
                "others alone with --skip-refused."
            )
        )
        self.report = report


def load_dump(path: Path, *, skip_refused: bool) -> DumpReport:
    """Add and update institutions; a record that is missing from the dump stays as it was."""
    report = DumpReport()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_staging())
        with cursor.copy(_copying()) as copy:
            for institution in _institutions(path, report):
                copy.write_row(_row(institution))
        if report.refused and not skip_refused:
            raise DumpRefused(report)
        if not report.read:
            raise Refused(_("The file holds no records. Name a dump of the registry."))
        # From here on nobody edits domains, or the upsert would take the edit away again.
        cursor.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(_TABLE))
        _keep_own_domains()
        cursor.execute(_upsert())
        report.added, report.updated = cursor.fetchone()
        cursor.execute("DROP TABLE staged_institution")
        cursor.execute(sql.SQL("ANALYZE {}").format(_TABLE))
    return report


def _institutions(path: Path, report: DumpReport) -> Iterator[Institution]:
    """The good records; the bad ones go into the report."""
    seen: set[str | None] = set()
    for number, value in enumerate(read_values(path), start=1):
        report.read = number
        try:
            institution = read_record(value)
            if institution.ror_id in seen:
                raise BadRecord(_("%(id)s stands twice in the file") % {"id": institution.ror_id})
        except BadRecord as problem:
            report.refuse(number, str(problem))
        else:
            seen.add(institution.ror_id)
            yield institution


def _row(institution: Institution) -> list[Any]:
    return [_stored(field, institution) for field in _FIELDS]


def _stored(field: Any, institution: Institution) -> Any:
    value = field.pre_save(institution, add=True)
    if field.name in {"names", "relationships"}:
        return Jsonb(value)
    return field.get_prep_value(value)


def _staging() -> sql.Composed:
    return sql.SQL(
        "CREATE TEMPORARY TABLE staged_institution ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA"
    ).format(_listed(_COLUMNS), _TABLE)


def _copying() -> sql.Composed:
    return sql.SQL("COPY staged_institution ({}) FROM STDIN").format(_listed(_COLUMNS))


def _upsert() -> sql.Composed:
    """Rows that are new, and rows that differ; the others are not touched."""
    assignments = sql.SQL(", ").join(
        sql.SQL("{0} = excluded.{0}").format(sql.Identifier(column)) for column in _COMPARED
    )
    return sql.SQL(
        """
        WITH written AS (
          INSERT INTO {table} AS ours ({columns}, {empty})
          SELECT {columns}, '{{}}', '{{}}', '' FROM staged_institution
          ON CONFLICT (ror_id) DO UPDATE SET {assignments}
          WHERE ({before}) IS DISTINCT FROM ({after})
          RETURNING xmax = 0 AS is_new
        )
        SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
        """
    ).format(
        table=_TABLE,
        columns=_listed(_COLUMNS),
        empty=_listed(["added_domains", "barred_domains", "caution"]),
        assignments=assignments,
        before=_listed(_COMPARED, of="ours"),
        after=_listed(_COMPARED, of="excluded"),
    )


def _listed(columns: list[str], *, of: str = "") -> sql.Composed:
    names = (sql.Identifier(of, each) if of else sql.Identifier(each) for each in columns)
    return sql.SQL(", ").join(names)


_EDITED = """
SELECT staged.ror_id, staged.name, staged.names, staged.domains,
       ours.added_domains, ours.barred_domains
FROM staged_institution staged JOIN {} ours USING (ror_id)
WHERE cardinality(ours.added_domains) + cardinality(ours.barred_domains) > 0
"""
_LAY_OVER = """
UPDATE staged_institution SET domains = %s, search_text = %s, domain_skeletons = %s
WHERE ror_id = %s
"""


def _keep_own_domains() -> None:
    """Lay the operator's domains over the staged rows, so that no import takes them away."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(_EDITED).format(_TABLE))
        for ror_id, name, names, told, added, barred in cursor.fetchall():
            merged = Institution(name=name, names=json.loads(names))
            merged.domains = effective_domains(told, added=added, barred=barred)
            text, skeletons = merged.derive_search_text(), merged.derive_domain_skeletons()
            cursor.execute(_LAY_OVER, [merged.domains, text, skeletons, ror_id])
