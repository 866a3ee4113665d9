"""The store of list editions: what screening asks, and what `lists import`, `update`, `status` and `diff` work on.

All editions stay; `as_of` selects the one in force that day.  Only taking in a file needs a parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from xlsaddin import resources
from xlsaddin.errors import ListError
from xlsaddin.watchlist import stored, taking_in, use, verify
from xlsaddin.watchlist.diff import ListDiff, compare_editions
from xlsaddin.watchlist.entry_text import StoredEntries
from xlsaddin.watchlist.gather import gather
from xlsaddin.watchlist.model import ListEdition, ListSource, ListUse
from xlsaddin.watchlist.parsers.interface import PublishedFile
from xlsaddin.watchlist.sample import load_sample
from xlsaddin.watchlist.sources import OWN_PREFIX, SAMPLE_ID, load_definitions
from xlsaddin.watchlist.stored import EditionRecord
from xlsaddin.watchlist.taking_in import ImportResult, Incoming, Outcome

__all__ = ["EditionRecord", "ImportResult", "ListStore", "OpenEdition", "Outcome"]


@dataclass(frozen=True, slots=True)
class OpenEdition:
    """A verified edition whose entries are parsed one by one as they are asked for.

    Attributes:
        source: the list; record: what is known of the edition; entries: in the order of the file.
    """

    source: ListSource
    record: EditionRecord
    entries: StoredEntries


class ListStore:
    """All editions of all lists under one folder.

    Args:
        home: the folder of all state; `resources.home()` when not given.
    """

    def __init__(self, home: Path | None = None) -> None:
        self.folder = (home or resources.home()) / "lists"
        self._opened: dict[tuple[str, str, str], StoredEntries] = {}

    def ids(self) -> tuple[str, ...]:
        """Return the ids of the lists loaded here, by name; the fictional sample is not among them."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(path.name for path in _visible_folders(self.folder)))

    def default_lists(self) -> tuple[str, ...]:
        """Return the lists to screen against when none is named: all loaded ones, or the sample when there is none."""
        return self.ids() or (SAMPLE_ID,)

    def editions(self, list_id: str) -> tuple[EditionRecord, ...]:
        """Return the editions of a list, oldest first; raises `ListError` when one is damaged."""
        if list_id == SAMPLE_ID:
            return (load_sample()[0],)
        records = (stored.read_record(path) for path in _visible_folders(self.folder / list_id))
        return tuple(sorted(records, key=lambda record: record.order))

    def record_at(self, list_id: str, as_of: date) -> EditionRecord:
        """Return the edition in force on a day; raises `ListError` when there is none, or none is loaded.

        An institution's own list is dated by the day it was taken in: its first edition stands for the days before too.
        """
        records = self.editions(list_id)
        if not records:
            raise verify.not_loaded(list_id)
        in_force = [record for record in records if record.in_force_from <= as_of]
        if not in_force and list_id.startswith(OWN_PREFIX):
            in_force = [records[0]]
        if not in_force or (in_force[-1].in_force_to or as_of) < as_of:
            held = ", ".join(record.edition for record in records)
            raise ListError("RS-LIST-015", list_id=list_id, as_of=as_of, held=held)
        return in_force[-1]

    def open(self, list_id: str, as_of: date) -> OpenEdition:
        """Return the edition in force on a day, digests verified, entries not parsed yet; raises `ListError`."""
        return self._open(self.record_at(list_id, as_of))

    def edition(self, list_id: str, as_of: date) -> ListEdition:
        """Return the edition in force on a day with all its entries; raises `ListError`."""
        opened = self.open(list_id, as_of)
        record = opened.record
        later = [other for other in self.editions(list_id) if other.order > record.order]
        until = later[0].in_force_from - timedelta(days=1) if later else record.in_force_to
        return ListEdition(
            source=opened.source,
            edition=record.edition,
            in_force_from=record.in_force_from,
            in_force_to=until,
            sha256=record.sha256,
            file_name=", ".join(record.file_names),
            entries=tuple(opened.entries),
            imported_at=record.imported_at,
            confirmed_on=record.confirmed_on,
        )

    def use(self, list_id: str, as_of: date) -> ListUse:
        """Return the list as it can be used on a day, or the sentence why it cannot; never raises for a list."""
        try:
            opened = self.open(list_id, as_of)
        except ListError as problem:
            return use.unusable(list_id, problem)
        return use.usable(opened.source, opened.record, as_of)

    def source(self, list_id: str) -> ListSource:
        """Return what is known of a list as such; of an institution's own, with the title it was given."""
        if list_id == SAMPLE_ID:
            return load_definitions()[SAMPLE_ID].source
        return verify.definition_of(list_id, self._title(list_id)).source

    def _title(self, list_id: str) -> str:
        """Return the title an own list was last given, empty when there is none."""
        return next((record.title for record in reversed(self.editions(list_id)) if record.title), "")

    def status(self, as_of: date) -> tuple[ListUse, ...]:
        """Return every list loaded here as it can be used on a day; the sample when there is none."""
        return tuple(self.use(list_id, as_of) for list_id in self.default_lists())

    def diff(self, list_id: str, from_edition: str | None = None, to_edition: str | None = None) -> ListDiff:
        """Return how two editions differ; without names, the newest and the one before it."""
        records = self.editions(list_id)
        if not records:
            raise verify.not_loaded(list_id)
        newer = _named(records, to_edition) if to_edition else records[-1]
        before = [record for record in records if record.order < newer.order]
        if not before and not from_edition:
            raise ListError("RS-LIST-038", list_id=list_id, edition=newer.edition)
        older = _named(records, from_edition) if from_edition else before[-1]
        one, other = self._open(older).entries, self._open(newer).entries
        return compare_editions(list_id, (older.edition, one), (newer.edition, other))

    def import_file(
        self,
        path: Path,
        list_id: str | None = None,
        title: str | None = None,
        today: date | None = None,
        edition: date | None = None,
        accept_removals: bool = False,
    ) -> ImportResult:
        """Take in a file, folder or archive a person names; raises `ListError` and changes nothing for a bad one.

        Args:
            path: the file as published, or an institution's own list.
            list_id: needed for an own list (`own_...`); title: its title.
            today: the day of import; edition: date of the edition where the file does not carry it.
            accept_removals: take it in although much of the list is gone.
        """
        return self.take_in(gather(path), list_id, title, today, edition, accept_removals)

    def take_in(
        self,
        file: PublishedFile,
        list_id: str | None = None,
        title: str | None = None,
        today: date | None = None,
        edition: date | None = None,
        accept_removals: bool = False,
        in_force_from: date | None = None,
    ) -> ImportResult:
        """Take in a published file: parse, verify, compare, store; arguments as for `import_file`.

        Args:
            in_force_from: first day in force, where the publisher's page states it and the file does not.
        """
        now = datetime.now(UTC).replace(microsecond=0)
        now = datetime.combine(today, now.time(), UTC) if today else now
        found_id, parsed = verify.parse_published(file, list_id)
        title = title or self._title(found_id)
        definition = verify.definition_of(found_id, title)
        verify.check_count(definition, len(parsed.entries), file.name)
        day = verify.edition_date(file, parsed, definition, edition, now.date())
        parsed = replace(parsed, in_force_from=parsed.in_force_from or in_force_from)
        record, content = verify.make_record(definition, file, parsed, day, now, title)
        if edition and definition.undated and not found_id.startswith(OWN_PREFIX):
            record = replace(record, confirmed_on=min(edition, record.confirmed_on))  # the day it was fetched
        for old in self.editions(found_id):  # what is compared must come from the same parsers
            if old.generation != stored.GENERATION:
                self._renew(self.folder / found_id / old.edition, old)
        incoming = Incoming(record, content, file, parsed.notes, accept_removals, edition is not None)
        with self._locked():
            return taking_in.apply(self.folder / found_id, self.editions(found_id), incoming)

    def confirm(self, list_id: str, on: date) -> None:
        """Record that the newest edition of a list was confirmed to be the newest on a day."""
        with self._locked():
            taking_in.confirm(self.folder / list_id, self.editions(list_id)[-1], on)

    def _open(self, record: EditionRecord) -> OpenEdition:
        if record.list_id == SAMPLE_ID:
            return OpenEdition(load_definitions()[SAMPLE_ID].source, *load_sample())
        folder = self.folder / record.list_id / record.edition
        if record.generation != stored.GENERATION:
            record = self._renew(folder, record)
        key = (record.list_id, record.edition, record.entries_sha256)
        if key not in self._opened:
            stored.read_original(folder, record)
            self._opened[key] = stored.read_entries(folder, record)
        source = verify.definition_of(record.list_id, record.title).source
        return OpenEdition(source, record, self._opened[key])

    def _renew(self, folder: Path, record: EditionRecord) -> EditionRecord:
        """Parse a stored edition again that older parsers made, and return its new record.

        Where nothing may be written, the result serves this run only.
        """
        file = stored.read_original(folder, record)
        _, parsed = verify.parse_published(file, record.list_id)
        content = stored.entries_content(parsed.entries)
        renewed = replace(
            record,
            entries=len(parsed.entries),
            lifted=sum(entry.lifted for entry in parsed.entries),
            entries_sha256=stored.digest(content),
            generation=stored.GENERATION,
        )
        try:
            with self._locked():
                stored.write_entries(folder, renewed, content)
        except OSError:
            self._opened[record.list_id, record.edition, renewed.entries_sha256] = StoredEntries(content)
        return renewed

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the store for writing, so that two runs never take in at the same time."""
        import filelock  # imported here: reading needs no lock

        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with filelock.FileLock(self.folder / ".lock", timeout=60):
                yield
        except filelock.Timeout as problem:
            raise ListError("RS-LIST-016", path=self.folder) from problem


def _visible_folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]


def _named(records: tuple[EditionRecord, ...], edition: str) -> EditionRecord:
    for record in records:
        if record.edition == edition:
            return record
    held = ", ".join(record.edition for record in records)
    raise ListError("RS-LIST-017", list_id=records[0].list_id, edition=edition, held=held)
