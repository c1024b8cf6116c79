"""What finds case studies: words, filters and the vocabulary; and what each database makes of the words."""

import unicodedata

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Letters with a mark above or below, and what people type who have no such key.
MARKED = {
    char: base
    for char in map(chr, range(0xC0, 0x250))
    if (base := unicodedata.normalize("NFKD", char)[0]).isascii() and base.isalpha()
}

# The dictionary has no stop words, so that what stands in quotes is found as it stands.
# A sequential scan would unpack every vector, and the planner takes that for cheap: so one function may not do it.
# `essence` is what ranks thousands of rows: title, summary and the words said most often, small enough to lie in the
# row itself, where `whole` lies apart and is unpacked for a page at a time.
POSTGRESQL = [
    "CREATE TEXT SEARCH DICTIONARY casestudies_stems (TEMPLATE = snowball, Language = english)",
    "CREATE TEXT SEARCH CONFIGURATION casestudies_words (COPY = pg_catalog.english)",
    """ALTER TEXT SEARCH CONFIGURATION casestudies_words
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH casestudies_stems""",
    """CREATE FUNCTION casestudies_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(translate(words, '{marked}', '{plain}'), '[^[:alnum:]]+', ' ', 'g') $$""".format(
        marked="".join(MARKED), plain="".join(MARKED.values())
    ),
    """CREATE FUNCTION casestudies_often(words text) RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT coalesce(to_tsvector('simple', string_agg(repeat(lexeme || ' ', least(times, 6)), ' ')), '')
    FROM (
        SELECT lexeme, array_length(positions, 1) AS times FROM unnest(to_tsvector('pg_catalog.english', words))
        WHERE array_length(positions, 1) > 1 ORDER BY 2 DESC, 1 LIMIT 24
    ) AS often $$""",
    "ALTER TABLE casestudies_searchtext ADD COLUMN whole tsvector, ADD COLUMN essence tsvector",
    "ALTER TABLE casestudies_searchtext ALTER COLUMN whole SET STORAGE EXTERNAL",
    """CREATE FUNCTION casestudies_searchtext_words() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        body text := casestudies_folded(NEW.body);
        head tsvector :=
            setweight(to_tsvector('casestudies_words', casestudies_folded(NEW.title)), 'A')
            || setweight(to_tsvector('casestudies_words', casestudies_folded(NEW.summary)), 'B');
    BEGIN
        NEW.whole := head || to_tsvector('casestudies_words', body);
        NEW.essence := head || setweight(casestudies_often(body), 'C');
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER casestudies_searchtext_words BEFORE INSERT OR UPDATE OF title, summary, body
    ON casestudies_searchtext FOR EACH ROW EXECUTE FUNCTION casestudies_searchtext_words()""",
    "CREATE INDEX casestudies_searchtext_whole ON casestudies_searchtext USING gin (whole) WITH (fastupdate = off)",
    """CREATE FUNCTION casestudies_matching(question tsquery) RETURNS TABLE (id bigint, score real)
    LANGUAGE sql STABLE SET enable_seqscan TO off AS $$
    SELECT found.id, ts_rank(found.essence, question) FROM casestudies_searchtext AS found
    WHERE found.whole @@ question $$""",
]
DROP_POSTGRESQL = [
    "DROP FUNCTION casestudies_matching(tsquery)",
    "DROP TRIGGER casestudies_searchtext_words ON casestudies_searchtext",
    "DROP FUNCTION casestudies_searchtext_words()",
    "DROP FUNCTION casestudies_often(text)",
    "DROP FUNCTION casestudies_folded(text)",
    "DROP INDEX casestudies_searchtext_whole",
    "ALTER TABLE casestudies_searchtext DROP COLUMN whole, DROP COLUMN essence",
    "DROP TEXT SEARCH CONFIGURATION casestudies_words",
    "DROP TEXT SEARCH DICTIONARY casestudies_stems",
]
# A migration that alters the table of texts drops these triggers first and makes them again.
FORGET = """INSERT INTO casestudies_searchtext_words (casestudies_searchtext_words, rowid, title, summary, body)
    VALUES ('delete', OLD.id, OLD.title, OLD.summary, OLD.body);"""
LEARN = """INSERT INTO casestudies_searchtext_words (rowid, title, summary, body)
    VALUES (NEW.id, NEW.title, NEW.summary, NEW.body);"""
SQLITE = [
    """CREATE VIRTUAL TABLE casestudies_searchtext_words USING fts5(
    title, summary, body, content='casestudies_searchtext', content_rowid='id',
    tokenize='porter unicode61 remove_diacritics 2')""",
    f"CREATE TRIGGER casestudies_searchtext_added AFTER INSERT ON casestudies_searchtext BEGIN {LEARN} END",
    f"CREATE TRIGGER casestudies_searchtext_gone AFTER DELETE ON casestudies_searchtext BEGIN {FORGET} END",
    f"""CREATE TRIGGER casestudies_searchtext_changed AFTER UPDATE OF title, summary, body ON casestudies_searchtext
    BEGIN {FORGET} {LEARN} END""",
]
DROP_SQLITE = [
    "DROP TRIGGER casestudies_searchtext_added",
    "DROP TRIGGER casestudies_searchtext_gone",
    "DROP TRIGGER casestudies_searchtext_changed",
    "DROP TABLE casestudies_searchtext_words",
]


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make what the database itself makes of the words."""
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement, params=None)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away."""
    for statement in DROP_POSTGRESQL if editor.connection.vendor == "postgresql" else DROP_SQLITE:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("casestudies", "0002_find_their_reader"),
        ("hallmarks", "0002_published_never_changes"),
        ("partnerships", "0002_crime_figures"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=30, unique=True, verbose_name="word")),
                ("start", models.CharField(max_length=1, verbose_name="first letter")),
                ("length", models.PositiveSmallIntegerField(verbose_name="length")),
                ("number", models.IntegerField(verbose_name="in how many case studies")),
            ],
            options={
                "indexes": [models.Index(fields=["start", "length", "word", "number"], name="search_word_meant")],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("is_retired", models.BooleanField(default=False, verbose_name="is retired")),
                ("is_agreed", models.BooleanField(default=False, verbose_name="is agreed as good practice")),
                ("effect", models.CharField(max_length=12, verbose_name="evidence of effect")),
                ("place_type", models.CharField(blank=True, max_length=12, verbose_name="kind of place")),
                ("from_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="first year")),
                ("to_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="last year")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("published_at", models.DateTimeField(verbose_name="published")),
                (
                    "case_study",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="casestudies.casestudy",
                        verbose_name="case study",
                    ),
                ),
                (
                    "criteria",
                    models.ManyToManyField(
                        related_name="+", to="hallmarks.criterion", verbose_name="criteria it speaks to"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
                ("tags", models.ManyToManyField(related_name="+", to="casestudies.tag", verbose_name="tags")),
            ],
            options={
                "ordering": ["-published_at", "-pk"],
                "indexes": [models.Index(fields=["-published_at", "-id"], name="search_entry_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", models.F("case_study"))), name="search_entry_key_is_case_study"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("summary", models.TextField(max_length=2000, verbose_name="summary")),
                ("body", models.TextField(blank=True, verbose_name="everything else")),
                (
                    "case_study",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_text",
                        to="casestudies.casestudy",
                        verbose_name="case study",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", models.F("case_study"))), name="search_text_key_is_case_study"
                    )
                ],
            },
        ),
        migrations.RunPython(create, drop),
    ]
