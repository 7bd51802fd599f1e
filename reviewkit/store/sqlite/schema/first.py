"""The first schema: every family of records."""

from __future__ import annotations

from sqlite_utils import Database

from reviewkit.store.sqlite.schema.listed import migrations


@migrations()
def m001_the_whole_path(db: Database) -> None:
    """The first schema.

    Rows whose order could tell who answered when have no order of their own: WITHOUT ROWID under a random or hashed
    key, or numbered by a hash. Nothing that a re-run replaces is held by a foreign key, save where it goes with it.
    """
    db.executescript("""
    CREATE TABLE projects (
        key TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, brief TEXT NOT NULL, kind TEXT NOT NULL,
        domain TEXT NOT NULL, method TEXT NOT NULL, size INTEGER, planned_start TEXT, planned_finish TEXT,
        actual_start TEXT, actual_finish TEXT, planned_budget REAL, actual_budget REAL, currency TEXT NOT NULL,
        sponsor TEXT NOT NULL, manager TEXT NOT NULL, tags TEXT NOT NULL, status TEXT NOT NULL
    );
    CREATE TABLE risks (
        id TEXT PRIMARY KEY NOT NULL, project TEXT NOT NULL REFERENCES projects (key), ref TEXT NOT NULL,
        title TEXT NOT NULL, cause TEXT NOT NULL, event TEXT NOT NULL, effect TEXT NOT NULL, category TEXT NOT NULL,
        nature TEXT NOT NULL, probability INTEGER, impact INTEGER, residual_probability INTEGER,
        residual_impact INTEGER, response TEXT, response_text TEXT NOT NULL, owner TEXT NOT NULL,
        status TEXT NOT NULL, identified_on TEXT, closed_on TEXT, occurred TEXT NOT NULL, occurred_on TEXT,
        occurred_note TEXT NOT NULL, origin TEXT NOT NULL
    );
    CREATE INDEX risks_project ON risks (project);

    CREATE TABLE reviews (
        id TEXT PRIMARY KEY NOT NULL, project TEXT NOT NULL REFERENCES projects (key), title TEXT NOT NULL,
        template TEXT NOT NULL, wave TEXT NOT NULL, questions TEXT NOT NULL, intro TEXT NOT NULL,
        minutes INTEGER NOT NULL, anonymity TEXT NOT NULL, status TEXT NOT NULL, opens TEXT, closes TEXT,
        invited INTEGER
    );
    CREATE INDEX reviews_project ON reviews (project);
    CREATE TABLE review_links (
        id TEXT PRIMARY KEY NOT NULL, review TEXT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
        revoked INTEGER NOT NULL
    );
    CREATE INDEX review_links_review ON review_links (review);
    CREATE TABLE responses (
        id TEXT PRIMARY KEY NOT NULL, review TEXT NOT NULL REFERENCES reviews (id),
        submission_key TEXT NOT NULL CHECK (submission_key <> ''), receipt TEXT NOT NULL, role TEXT,
        submitted TEXT NOT NULL, answers TEXT NOT NULL, split_by TEXT NOT NULL, UNIQUE (review, submission_key)
    ) WITHOUT ROWID;
    CREATE INDEX responses_split_by ON responses (split_by);

    CREATE TABLE statements (
        id TEXT PRIMARY KEY NOT NULL, response TEXT NOT NULL REFERENCES responses (id) ON DELETE CASCADE,
        review TEXT NOT NULL, project TEXT NOT NULL, question TEXT NOT NULL, start INTEGER NOT NULL,
        "end" INTEGER NOT NULL, text TEXT NOT NULL, text_hash TEXT NOT NULL, role TEXT, said TEXT, kind TEXT,
        kind_confidence REAL NOT NULL, area TEXT
    ) WITHOUT ROWID;
    CREATE INDEX statements_response ON statements (response);
    CREATE INDEX statements_review ON statements (review);
    CREATE INDEX statements_project ON statements (project);
    CREATE INDEX statements_text_hash ON statements (text_hash);
    CREATE INDEX statements_unlabelled ON statements (id, text_hash) WHERE kind IS NULL;

    CREATE TABLE passages (
        number INTEGER PRIMARY KEY, scope TEXT NOT NULL, record TEXT NOT NULL, position INTEGER NOT NULL,
        text TEXT NOT NULL, text_hash TEXT NOT NULL, digest TEXT NOT NULL, project TEXT NOT NULL,
        review TEXT NOT NULL, area TEXT NOT NULL, kind TEXT NOT NULL, phase TEXT NOT NULL, state TEXT NOT NULL,
        dated TEXT, UNIQUE (scope, record, position)
    );
    CREATE INDEX passages_digest ON passages (scope, record, digest);
    CREATE INDEX passages_text_hash ON passages (text_hash);
    CREATE VIRTUAL TABLE passages_index USING fts5 (
        text, content='passages', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
        INSERT INTO passages_index (rowid, text) VALUES (new.number, new.text);
    END;
    CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
        INSERT INTO passages_index (passages_index, rowid, text) VALUES ('delete', old.number, old.text);
    END;
    CREATE TRIGGER passages_changed AFTER UPDATE ON passages BEGIN
        INSERT INTO passages_index (passages_index, rowid, text) VALUES ('delete', old.number, old.text);
        INSERT INTO passages_index (rowid, text) VALUES (new.number, new.text);
    END;
    CREATE TABLE vectors (
        number INTEGER PRIMARY KEY, text_hash TEXT NOT NULL, model TEXT NOT NULL, row BLOB NOT NULL,
        UNIQUE (text_hash, model)
    );

    CREATE TABLE themes (
        id TEXT PRIMARY KEY NOT NULL, label TEXT NOT NULL, keywords TEXT NOT NULL, area TEXT, parent TEXT NOT NULL,
        statements INTEGER NOT NULL, responses INTEGER NOT NULL, projects TEXT NOT NULL, first_seen TEXT,
        last_seen TEXT, trend TEXT NOT NULL, representatives TEXT NOT NULL, status TEXT NOT NULL
    );
    CREATE INDEX themes_parent ON themes (parent);
    CREATE TABLE memberships (
        statement TEXT PRIMARY KEY NOT NULL, theme TEXT NOT NULL, subtheme TEXT NOT NULL, centrality REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX memberships_theme ON memberships (theme);
    CREATE INDEX memberships_subtheme ON memberships (subtheme);
    CREATE TABLE links (
        id TEXT PRIMARY KEY NOT NULL, scope TEXT NOT NULL, source TEXT NOT NULL, risk TEXT NOT NULL,
        score REAL NOT NULL, confidence TEXT NOT NULL, state TEXT NOT NULL, decided_by TEXT NOT NULL, decided_at TEXT
    ) WITHOUT ROWID;
    CREATE INDEX links_source ON links (scope, source);
    CREATE INDEX links_risk ON links (risk);
    CREATE INDEX links_state ON links (state);
    CREATE TABLE decisions (
        id TEXT PRIMARY KEY NOT NULL, subject TEXT NOT NULL, verb TEXT NOT NULL, value TEXT NOT NULL,
        who TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL, undone INTEGER NOT NULL
    );
    CREATE INDEX decisions_subject ON decisions (subject);

    CREATE TABLE lessons (
        id TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL, context TEXT NOT NULL, what_happened TEXT NOT NULL,
        root_cause TEXT NOT NULL, effect TEXT NOT NULL, recommendation TEXT NOT NULL, early_warning TEXT NOT NULL,
        area TEXT, phase TEXT, owner TEXT NOT NULL, positive INTEGER NOT NULL, project TEXT NOT NULL,
        organisation TEXT NOT NULL, learned TEXT, tags TEXT NOT NULL, statements TEXT NOT NULL, themes TEXT NOT NULL,
        risks TEXT NOT NULL, review_on TEXT, supersedes TEXT NOT NULL, state TEXT NOT NULL, origin TEXT NOT NULL
    );
    CREATE INDEX lessons_state ON lessons (state);
    CREATE INDEX lessons_project ON lessons (project);

    CREATE TABLE kickoffs (
        id TEXT PRIMARY KEY NOT NULL, project TEXT NOT NULL, brief TEXT NOT NULL, made TEXT NOT NULL,
        similar TEXT NOT NULL, forecasts TEXT NOT NULL
    );
    CREATE INDEX kickoffs_project ON kickoffs (project);
    CREATE TABLE recommendations (
        id TEXT PRIMARY KEY NOT NULL, kickoff TEXT NOT NULL REFERENCES kickoffs (id) ON DELETE CASCADE,
        rank INTEGER NOT NULL, scope TEXT NOT NULL, source TEXT NOT NULL, advice TEXT NOT NULL, because TEXT NOT NULL,
        score REAL NOT NULL, reasons TEXT NOT NULL, mismatches TEXT NOT NULL, projects TEXT NOT NULL, base_rate TEXT,
        quotes TEXT NOT NULL, choice TEXT NOT NULL, choice_text TEXT NOT NULL, choice_by TEXT NOT NULL, choice_at TEXT
    );
    CREATE INDEX recommendations_kickoff ON recommendations (kickoff);
    CREATE TABLE actions (
        id TEXT PRIMARY KEY NOT NULL, project TEXT NOT NULL, text TEXT NOT NULL, owner TEXT NOT NULL, due TEXT,
        source TEXT NOT NULL, state TEXT NOT NULL
    );
    CREATE INDEX actions_project ON actions (project);

    CREATE TABLE users (
        name TEXT PRIMARY KEY NOT NULL, full_name TEXT NOT NULL, role TEXT NOT NULL, password_hash TEXT NOT NULL,
        disabled INTEGER NOT NULL
    );
    CREATE TABLE sessions (
        id TEXT PRIMARY KEY NOT NULL, user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
        started TEXT NOT NULL, expires TEXT NOT NULL
    );
    CREATE INDEX sessions_user ON sessions (user);
    CREATE TABLE events (
        id TEXT PRIMARY KEY NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL
    );
    CREATE TABLE marks (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL);
    CREATE TABLE claims (name TEXT PRIMARY KEY NOT NULL, owner TEXT NOT NULL, until TEXT NOT NULL);
    CREATE TABLE attempts (subject TEXT NOT NULL, at TEXT NOT NULL);
    CREATE INDEX attempts_subject ON attempts (subject, at);
    CREATE INDEX attempts_at ON attempts (at);
    """)
