-- schema.sql: a situation as kept in SQLite. Version: PRAGMA user_version (STORE_VERSION).
-- Days are ISO text, which sorts as time does; spans are half-open bytes of their part; lists
-- ("GOV|MIL") are joined by "|". A row that hangs on a report goes when the report goes.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE report (
    number     INTEGER PRIMARY KEY,
    digest     TEXT NOT NULL UNIQUE, -- over text, url and date: what makes it the same report
    id         TEXT,
    title      TEXT,
    source     TEXT,
    published  TEXT, -- as printed
    day        TEXT, -- its day; NULL when unknown
    url        TEXT,
    language   TEXT,
    body       TEXT NOT NULL, -- what spans of the part "body" count in; title likewise
    undated    INTEGER NOT NULL, -- its relative times stayed unknown
    earliest   TEXT, -- without a day: the first and last that it can have been published on,
    latest     TEXT,
    earliest_why TEXT, -- and the words that say so
    latest_why TEXT,
    coder      TEXT,
    pack       TEXT
);
CREATE INDEX report_day ON report (day);

-- What is left of a report's text to know its copies, versions and rewrites by.
CREATE TABLE sketch (
    report INTEGER PRIMARY KEY REFERENCES report ON DELETE CASCADE,
    first  TEXT NOT NULL, -- digest of the earliest report that it goes back to
    bytes  BLOB NOT NULL
);
CREATE INDEX sketch_first ON sketch (first, report);

CREATE TABLE actor (
    number   INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    name     TEXT,
    code     TEXT,
    wikidata TEXT -- with name and code: as the newest reading has them
);
CREATE INDEX actor_code ON actor (code);

-- The same happening, told by one report or several.
CREATE TABLE story (
    number  INTEGER PRIMARY KEY,
    type    TEXT NOT NULL,
    start   TEXT, -- the days that its events agree on
    "end"   TEXT,
    told    TEXT, -- day of the newest report that tells it
    parties TEXT NOT NULL -- codes of the first event's parties, sorted: what is looked up first
);
CREATE INDEX story_start ON story (type, start, "end", parties);
CREATE INDEX story_told ON story (type, told, start, parties);

-- Columns whose names end in _part, _from, _to, _text are evidence: the part of the report, the
-- span in it, the words.
CREATE TABLE event (
    number      INTEGER PRIMARY KEY,
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    story       INTEGER REFERENCES story ON DELETE SET NULL,
    id          TEXT NOT NULL,
    type        TEXT NOT NULL,
    modes       TEXT NOT NULL,
    contexts    TEXT NOT NULL,
    cameo       TEXT,
    quad        TEXT,
    score       REAL,
    status      TEXT NOT NULL,
    completion  TEXT,
    historical  INTEGER NOT NULL,
    rule        TEXT,
    confidence  REAL NOT NULL,
    about       TEXT,
    content     TEXT,
    dead        INTEGER,
    injured     INTEGER,
    crowd       INTEGER,
    weapons     TEXT NOT NULL,
    has_date    INTEGER NOT NULL,
    start       TEXT,
    "end"       TEXT,
    clock       TEXT,
    granularity TEXT,
    date_part   TEXT,
    date_from   INTEGER,
    date_to     INTEGER,
    date_text   TEXT,
    has_place   INTEGER NOT NULL,
    place       TEXT,
    country     TEXT,
    place_path  TEXT,
    lat         REAL,
    lon         REAL,
    geonames    TEXT,
    precision   TEXT,
    place_part  TEXT,
    place_from  INTEGER,
    place_to    INTEGER,
    place_text  TEXT,
    span_part   TEXT,
    span_from   INTEGER,
    span_to     INTEGER,
    span_text   TEXT,
    anchor_from INTEGER NOT NULL,
    anchor_to   INTEGER NOT NULL
);
CREATE INDEX event_id ON event (id);
CREATE INDEX event_report ON event (report);
CREATE INDEX event_story ON event (story);
CREATE INDEX event_start ON event (start);

CREATE TABLE position (
    number      INTEGER PRIMARY KEY,
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    stance      TEXT NOT NULL,
    issue       TEXT,
    content     TEXT,
    status      TEXT,
    has_date    INTEGER NOT NULL, -- the deadline
    start       TEXT,
    "end"       TEXT,
    clock       TEXT,
    granularity TEXT,
    date_part   TEXT,
    date_from   INTEGER,
    date_to     INTEGER,
    date_text   TEXT,
    span_part   TEXT,
    span_from   INTEGER,
    span_to     INTEGER,
    span_text   TEXT
);
CREATE INDEX position_report ON position (report);

CREATE TABLE relation (
    number    INTEGER PRIMARY KEY,
    report    INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    kind      TEXT NOT NULL,
    start     TEXT,
    "end"     TEXT,
    content   TEXT,
    span_part TEXT,
    span_from INTEGER,
    span_to   INTEGER,
    span_text TEXT
);
CREATE INDEX relation_report ON relation (report);

-- Who takes part. Of an event: side "actor" or "recipient"; of a position: "holder" or
-- "towards"; of a relation: "party". Exactly one of event, position, relation is set.
CREATE TABLE party (
    number     INTEGER PRIMARY KEY,
    report     INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    event      INTEGER REFERENCES event ON DELETE CASCADE,
    position   INTEGER REFERENCES position ON DELETE CASCADE,
    relation   INTEGER REFERENCES relation ON DELETE CASCADE,
    side       TEXT NOT NULL,
    actor      INTEGER REFERENCES actor,
    name       TEXT,
    code       TEXT,
    sectors    TEXT NOT NULL,
    role       TEXT,
    code_from  TEXT,
    words_part TEXT,
    words_from INTEGER,
    words_to   INTEGER,
    words_text TEXT
);
CREATE INDEX party_report ON party (report);
CREATE INDEX party_event ON party (event) WHERE event IS NOT NULL;
CREATE INDEX party_position ON party (position) WHERE position IS NOT NULL;
CREATE INDEX party_relation ON party (relation) WHERE relation IS NOT NULL;
CREATE INDEX party_actor ON party (actor);
CREATE INDEX party_code ON party (code);

CREATE TABLE telling (
    number      INTEGER PRIMARY KEY,
    event       INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    status      TEXT NOT NULL,
    span_part   TEXT,
    span_from   INTEGER,
    span_to     INTEGER,
    span_text   TEXT,
    anchor_from INTEGER NOT NULL,
    anchor_to   INTEGER NOT NULL
);
CREATE INDEX telling_event ON telling (event);

-- On whose word, outermost first. Exactly one of event, telling, position, relation is set.
CREATE TABLE voice (
    number     INTEGER PRIMARY KEY,
    report     INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    event      INTEGER REFERENCES event ON DELETE CASCADE,
    telling    INTEGER REFERENCES telling ON DELETE CASCADE,
    position   INTEGER REFERENCES position ON DELETE CASCADE,
    relation   INTEGER REFERENCES relation ON DELETE CASCADE,
    actor      INTEGER REFERENCES actor,
    name       TEXT,
    code       TEXT,
    verb       TEXT,
    quoted     INTEGER NOT NULL,
    words_part TEXT,
    words_from INTEGER,
    words_to   INTEGER,
    words_text TEXT
);
CREATE INDEX voice_report ON voice (report);
CREATE INDEX voice_event ON voice (event) WHERE event IS NOT NULL;
CREATE INDEX voice_telling ON voice (telling) WHERE telling IS NOT NULL;
CREATE INDEX voice_position ON voice (position) WHERE position IS NOT NULL;
CREATE INDEX voice_relation ON voice (relation) WHERE relation IS NOT NULL;
CREATE INDEX voice_actor ON voice (actor);
