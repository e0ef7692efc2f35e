-- The registrar's tables (MODEL.md section 10).  Every key begins with the institution; times are Unix seconds unless
-- the name says _ms; ids are UUIDs as text; states are the names of MODEL.md section 1; keep_until_s is when a purge
-- takes a row away (NULL: never by time).  One text for both databases: embed.cmake says what PostgreSQL reads instead.

CREATE TABLE institution (
    institution TEXT NOT NULL PRIMARY KEY,
    host        TEXT NOT NULL,
    era         INTEGER NOT NULL DEFAULT 1 CHECK (era >= 1)
) STRICT, WITHOUT ROWID;

-- What a writer that lost the answer to its COMMIT asks for (postgresql.c): the number of its last commit that changed
-- anything.  One row for each registrar that was started; a row of yesterday is taken away by the next registrar.
CREATE TABLE commit_mark (
    institution TEXT NOT NULL REFERENCES institution,
    writer      TEXT NOT NULL,
    n           INTEGER NOT NULL,
    at_s        INTEGER NOT NULL,
    PRIMARY KEY (institution, writer)
) STRICT, WITHOUT ROWID;

CREATE TABLE era (
    institution TEXT NOT NULL REFERENCES institution,
    n           INTEGER NOT NULL,
    restored_at_s INTEGER NOT NULL,
    ranges      TEXT NOT NULL, -- JSON: what each counter skipped
    PRIMARY KEY (institution, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE key (
    institution TEXT NOT NULL REFERENCES institution,
    kid         INTEGER NOT NULL CHECK (kid BETWEEN 1 AND 255),
    use         TEXT NOT NULL CHECK (use IN ('seal', 'status-list', 'audit-head', 'receipt', 'release')),
    state       TEXT NOT NULL CHECK (state IN ('active', 'retired', 'compromised')),
    public      BLOB NOT NULL CHECK (length(public) = 32),
    not_after_s INTEGER,
    PRIMARY KEY (institution, kid)
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
    institution TEXT NOT NULL REFERENCES institution,
    register    TEXT NOT NULL,
    year        INTEGER NOT NULL,
    last        INTEGER NOT NULL CHECK (last BETWEEN 0 AND 99999999),
    PRIMARY KEY (institution, register, year)
) STRICT, WITHOUT ROWID;

-- Numbers that are on no paper of this register: a restore went past them, because a lost one may have given them.
CREATE TABLE skipped (
    institution TEXT NOT NULL,
    register    TEXT NOT NULL,
    year        INTEGER NOT NULL,
    first       INTEGER NOT NULL,
    last        INTEGER NOT NULL,
    era         INTEGER NOT NULL, -- that began with it
    PRIMARY KEY (institution, register, year, first),
    FOREIGN KEY (institution, era) REFERENCES era,
    CHECK (first <= last)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    institution TEXT NOT NULL REFERENCES institution,
    scope       TEXT NOT NULL,
    name        TEXT NOT NULL,
    version     INTEGER NOT NULL,
    value       TEXT NOT NULL,
    author      TEXT NOT NULL,
    PRIMARY KEY (institution, scope, name, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE template (
    institution TEXT NOT NULL REFERENCES institution,
    id          TEXT NOT NULL,
    version     TEXT NOT NULL,
    body        TEXT NOT NULL,
    PRIMARY KEY (institution, id, version)
) STRICT, WITHOUT ROWID;

-- People ------------------------------------------------------------------------------------------------------------

CREATE TABLE student (
    institution  TEXT NOT NULL REFERENCES institution,
    id           INTEGER NOT NULL,
    number       TEXT NOT NULL,
    pinfl        BLOB,    -- sealed under the records' key
    name_fold    INTEGER, -- the folding (base/name.h) that its words were made by; NULL: none were made yet
    keep_until_s INTEGER,
    PRIMARY KEY (institution, id),
    UNIQUE (institution, number)
) STRICT, WITHOUT ROWID;

-- Students are found by the folded words of their names.
CREATE TABLE student_word (
    institution TEXT NOT NULL,
    word        TEXT NOT NULL,
    student     INTEGER NOT NULL,
    PRIMARY KEY (institution, word, student),
    FOREIGN KEY (institution, student) REFERENCES student
) STRICT, WITHOUT ROWID;
CREATE INDEX student_word_of_student ON student_word (institution, student);

CREATE TABLE record (
    institution TEXT NOT NULL,
    student     INTEGER NOT NULL,
    part        TEXT NOT NULL,
    body        TEXT NOT NULL, -- JSON, without the PINFL
    source      TEXT NOT NULL,
    as_of_s     INTEGER NOT NULL,
    cursor      TEXT,
    PRIMARY KEY (institution, student, part),
    FOREIGN KEY (institution, student) REFERENCES student
) STRICT, WITHOUT ROWID;

CREATE TABLE verifier (
    institution   TEXT NOT NULL,
    student       INTEGER NOT NULL,
    hash          TEXT NOT NULL, -- argon2id over HMAC(pepper, secret), encoded with its parameters
    accepted_at_s INTEGER NOT NULL,
    weak          INTEGER NOT NULL CHECK (weak IN (0, 1)),
    keep_until_s  INTEGER,
    PRIMARY KEY (institution, student),
    FOREIGN KEY (institution, student) REFERENCES student
) STRICT, WITHOUT ROWID;

CREATE TABLE limit_count (
    institution  TEXT NOT NULL REFERENCES institution,
    what         TEXT NOT NULL,
    subject      TEXT NOT NULL, -- hashed: nobody's number or address stands here
    slot         INTEGER NOT NULL, -- of time, counted from 1970 in lengths of its own
    n            INTEGER NOT NULL CHECK (n >= 0),
    until_s      INTEGER NOT NULL, -- no try before
    keep_until_s INTEGER NOT NULL,
    PRIMARY KEY (institution, what, subject, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX limit_count_keep ON limit_count (institution, keep_until_s);

-- Kiosks ------------------------------------------------------------------------------------------------------------

CREATE TABLE kiosk (
    institution TEXT NOT NULL REFERENCES institution,
    id          TEXT NOT NULL,
    place       TEXT NOT NULL,
    fleet       TEXT NOT NULL DEFAULT '', -- its group, for settings and waves
    state       TEXT NOT NULL CHECK (state IN ('active', 'revoked')),
    release     TEXT NOT NULL DEFAULT '',
    screen      TEXT NOT NULL DEFAULT '',
    printer     TEXT NOT NULL DEFAULT '',
    added_at_s  INTEGER NOT NULL,
    seen_at_s   INTEGER,
    PRIMARY KEY (institution, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE kiosk_certificate (
    institution  TEXT NOT NULL,
    fingerprint  TEXT NOT NULL, -- SHA-256 of the DER, hex
    kiosk        TEXT NOT NULL,
    not_after_s  INTEGER NOT NULL,
    revoked_at_s INTEGER,
    PRIMARY KEY (institution, fingerprint),
    FOREIGN KEY (institution, kiosk) REFERENCES kiosk
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    institution   TEXT NOT NULL,
    bearer_hash   BLOB NOT NULL,
    kiosk         TEXT NOT NULL,
    student       INTEGER NOT NULL,
    way           TEXT NOT NULL CHECK (way IN ('password', 'card', 'phone')),
    weak          INTEGER NOT NULL CHECK (weak IN (0, 1)),
    began_at_s    INTEGER NOT NULL,
    ends_at_s     INTEGER NOT NULL,
    sealed_tokens BLOB,
    PRIMARY KEY (institution, bearer_hash),
    UNIQUE (institution, kiosk), -- a visit is one person's
    FOREIGN KEY (institution, kiosk) REFERENCES kiosk,
    FOREIGN KEY (institution, student) REFERENCES student
) STRICT, WITHOUT ROWID;

-- What the office tells everybody at a kiosk, and how the university wants its kiosks to look.
CREATE TABLE notice (
    institution  TEXT NOT NULL REFERENCES institution,
    id           INTEGER NOT NULL,
    severity     TEXT NOT NULL CHECK (severity IN ('info', 'warn')),
    from_s       INTEGER NOT NULL,
    until_s      INTEGER NOT NULL,
    rank         INTEGER NOT NULL, -- the lower stands before the higher
    added_at_s   INTEGER NOT NULL,
    removed_at_s INTEGER,          -- before its time was over
    PRIMARY KEY (institution, id),
    CHECK (from_s < until_s)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_until ON notice (institution, until_s) WHERE removed_at_s IS NULL;

CREATE TABLE notice_text (
    institution TEXT NOT NULL,
    notice      INTEGER NOT NULL,
    language    TEXT NOT NULL,
    text        TEXT NOT NULL,
    PRIMARY KEY (institution, notice, language),
    FOREIGN KEY (institution, notice) REFERENCES notice ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- For whom it is; none: for every kiosk.
CREATE TABLE notice_for (
    institution TEXT NOT NULL,
    notice      INTEGER NOT NULL,
    what        TEXT NOT NULL CHECK (what IN ('kiosk', 'place')),
    name        TEXT NOT NULL,
    PRIMARY KEY (institution, notice, what, name),
    FOREIGN KEY (institution, notice) REFERENCES notice ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- One row an institution, of what it chose beside its files.
CREATE TABLE theme (
    institution  TEXT NOT NULL PRIMARY KEY REFERENCES institution,
    brand        TEXT CHECK (length(brand) = 7),          -- '#RRGGBB'; NULL: institution.json's
    logo         BLOB CHECK (length(logo) <= 262144),     -- PNG or SVG; NULL: the letterhead's
    version      TEXT NOT NULL,
    changed_at_s INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Requests, documents, copies ---------------------------------------------------------------------------------------

CREATE TABLE request (
    institution  TEXT NOT NULL,
    id           TEXT NOT NULL,
    student      INTEGER NOT NULL,
    client_key   TEXT NOT NULL,
    service      TEXT NOT NULL,
    language     TEXT NOT NULL,
    answers      TEXT NOT NULL, -- canonical JSON
    answers_hash BLOB NOT NULL, -- over service, language and answers: what makes two requests equal
    period       TEXT NOT NULL, -- academic year and semester, for what is given once a semester
    state        TEXT NOT NULL CHECK (state IN ('draft', 'open', 'in-unit', 'returned', 'approved', 'fulfilled',
                                                'withdrawn', 'declined', 'expired')),
    epoch        INTEGER NOT NULL DEFAULT 1,
    asked_at_s   INTEGER NOT NULL,
    promised_at_s INTEGER,
    changed_at_s INTEGER NOT NULL,
    PRIMARY KEY (institution, id),
    UNIQUE (institution, student, client_key),
    FOREIGN KEY (institution, student) REFERENCES student
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX request_open ON request (institution, student, answers_hash)
    WHERE state IN ('open', 'in-unit', 'returned', 'approved');
CREATE INDEX request_recent ON request (institution, student, asked_at_s);
CREATE INDEX request_waiting ON request (institution, state, asked_at_s);

-- Forms in progress: what a student has answered so far, to be gone on with at any kiosk.  One for each service.  It is
-- the request before it is one: it has no key, no number and counts for no limit, and it goes in the transaction that
-- makes the request.
CREATE TABLE draft (
    institution  TEXT NOT NULL,
    student      INTEGER NOT NULL,
    service      TEXT NOT NULL,
    language     TEXT NOT NULL,
    question     TEXT NOT NULL, -- the field where the student stood; '': none is left
    answers      BLOB NOT NULL, -- canonical JSON, sealed under the records' key for this student and service
    saved_at_s   INTEGER NOT NULL,
    keep_until_s INTEGER NOT NULL,
    PRIMARY KEY (institution, student, service),
    FOREIGN KEY (institution, student) REFERENCES student
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_keep ON draft (institution, keep_until_s);

-- A key that was answered: with the same body it is answered the same, with another it is refused.
CREATE TABLE idempotency (
    institution  TEXT NOT NULL REFERENCES institution,
    actor        TEXT NOT NULL,
    key          TEXT NOT NULL,
    body_hash    BLOB NOT NULL,
    answer       TEXT NOT NULL, -- id of what the key asked for, or what was answered, sealed
    keep_until_s INTEGER NOT NULL,
    PRIMARY KEY (institution, actor, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    institution      TEXT NOT NULL,
    id               TEXT NOT NULL,
    student          INTEGER NOT NULL,
    request          TEXT,
    service          TEXT NOT NULL,
    origin           TEXT NOT NULL CHECK (origin IN ('ours', 'hemis')),
    foreign_id       TEXT,
    register         TEXT,
    year             INTEGER,
    number           INTEGER,
    template         TEXT NOT NULL,
    template_version TEXT NOT NULL,
    language         TEXT NOT NULL,
    snapshot         BLOB NOT NULL, -- JSON of values and sealed claims, sealed under the records' key; never changed
    holder_masked    TEXT NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('preparing', 'issued', 'suspended', 'revoked', 'void')),
    reason           TEXT,
    epoch            INTEGER NOT NULL DEFAULT 1,
    taken_at_s       INTEGER NOT NULL, -- the number's instant: the paper's date
    changed_at_s     INTEGER NOT NULL,
    PRIMARY KEY (institution, id),
    UNIQUE (institution, register, year, number),
    FOREIGN KEY (institution, student) REFERENCES student,
    FOREIGN KEY (institution, request) REFERENCES request,
    CHECK ((origin = 'ours') = (number IS NOT NULL AND register IS NOT NULL AND year IS NOT NULL)),
    CHECK ((origin = 'hemis') = (foreign_id IS NOT NULL)),
    CHECK (state <> 'void' OR reason IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX document_foreign ON document (institution, foreign_id) WHERE foreign_id IS NOT NULL;
CREATE INDEX document_of_request ON document (institution, request);
CREATE INDEX document_of_student ON document (institution, student, service, taken_at_s);

CREATE TABLE status_list (
    institution TEXT NOT NULL REFERENCES institution,
    list        INTEGER NOT NULL,
    taken       INTEGER NOT NULL CHECK (taken BETWEEN 0 AND 131072),
    version     INTEGER NOT NULL DEFAULT 0,
    iat_s       INTEGER,
    body        BLOB, -- signed
    -- It is renewed when there were changes that the published one does not know, after numbers were given, and by time.
    changes     INTEGER NOT NULL DEFAULT 1, -- of the validity of its copies
    told        INTEGER NOT NULL DEFAULT 0, -- how many of them the published list knows
    numbers     INTEGER NOT NULL DEFAULT 0, -- given in all registers when it was published
    kept        BLOB,                       -- two bits a place: what a published list said of copies that were lost
    PRIMARY KEY (institution, list)
) STRICT, WITHOUT ROWID;

CREATE TABLE copy (
    institution  TEXT NOT NULL,
    id           TEXT NOT NULL,
    document     TEXT NOT NULL,
    n            INTEGER NOT NULL CHECK (n >= 1),
    kind         TEXT NOT NULL CHECK (kind IN ('paper', 'phone')),
    code         TEXT NOT NULL CHECK (length(code) = 12),
    place        TEXT NOT NULL, -- where it was asked for, as the page says
    kid          INTEGER NOT NULL,
    status_list  INTEGER NOT NULL,
    status_index INTEGER NOT NULL CHECK (status_index BETWEEN 0 AND 131071),
    making       TEXT NOT NULL CHECK (making IN ('preparing', 'ready', 'failed')),
    validity     TEXT NOT NULL CHECK (validity IN ('valid', 'suspended', 'revoked', 'replaced', 'expired')),
    delivery     TEXT NOT NULL CHECK (delivery IN ('waiting', 'printing', 'printed', 'partly', 'unknown', 'cancelled',
                                                   'collected', 'superseded', 'offered', 'downloaded', 'expired')),
    replaces     TEXT,
    epoch        INTEGER NOT NULL DEFAULT 1,
    attempts     INTEGER NOT NULL DEFAULT 1, -- to make it; after three it has failed
    lease_s      INTEGER NOT NULL,           -- until when who makes it is waited for
    asked_at_s   INTEGER NOT NULL,
    changed_at_s INTEGER NOT NULL,
    pages        INTEGER CHECK (pages >= 1),
    seal         BLOB,
    text_hash    BLOB CHECK (length(text_hash) = 16),
    file_sha256  BLOB CHECK (length(file_sha256) = 32),
    PRIMARY KEY (institution, id),
    UNIQUE (institution, code),
    UNIQUE (institution, document, n),
    UNIQUE (institution, status_list, status_index),
    FOREIGN KEY (institution, document) REFERENCES document,
    FOREIGN KEY (institution, replaces) REFERENCES copy,
    FOREIGN KEY (institution, kid) REFERENCES key,
    FOREIGN KEY (institution, status_list) REFERENCES status_list,
    CHECK (making <> 'ready' OR (pages IS NOT NULL AND seal IS NOT NULL AND text_hash IS NOT NULL
                                 AND file_sha256 IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX copy_replaces ON copy (institution, replaces) WHERE replaces IS NOT NULL;
CREATE INDEX copy_unfinished ON copy (institution, lease_s) WHERE making = 'preparing';
CREATE INDEX copy_marked ON copy (institution, status_list) WHERE validity <> 'valid';
-- Copies that nobody may take any more are looked for by their delivery.
CREATE INDEX copy_offered ON copy (institution, changed_at_s) WHERE delivery = 'offered';

-- Beside the copy, so that lists of copies never read through pages.
CREATE TABLE page (
    institution  TEXT NOT NULL,
    copy         TEXT NOT NULL,
    body         BLOB NOT NULL, -- PDF, sealed under the pages' key
    keep_until_s INTEGER NOT NULL,
    PRIMARY KEY (institution, copy),
    FOREIGN KEY (institution, copy) REFERENCES copy
) STRICT;

-- The copy on a student's phone: one row for each QR code that a kiosk showed for one.  Neither what the code holds nor
-- what the phone brings with it stands here, only hashes.
CREATE TABLE phone_link (
    institution  TEXT NOT NULL,
    id           TEXT NOT NULL,
    token_hash   BLOB NOT NULL CHECK (length(token_hash) = 32),
    copy         TEXT NOT NULL,
    kiosk        TEXT NOT NULL,
    session      BLOB NOT NULL CHECK (length(session) = 32), -- hash of the bearer that it was made under
    state        TEXT NOT NULL CHECK (state IN ('offered', 'opened', 'matched', 'used', 'denied', 'expired')),
    epoch        INTEGER NOT NULL DEFAULT 1,
    digits       TEXT CHECK (length(digits) = 2),            -- that the phone shows, while opened
    device_hash  BLOB CHECK (length(device_hash) = 32),      -- of the cookie of the phone that opened it
    downloads_left INTEGER NOT NULL CHECK (downloads_left >= 0),
    made_at_s    INTEGER NOT NULL,
    ends_at_s    INTEGER NOT NULL,                           -- of its state now
    taken_at_s   INTEGER,                                    -- first download
    changed_at_s INTEGER NOT NULL,
    keep_until_s INTEGER NOT NULL,
    PRIMARY KEY (institution, id),
    UNIQUE (institution, token_hash),
    FOREIGN KEY (institution, copy) REFERENCES copy,
    FOREIGN KEY (institution, kiosk) REFERENCES kiosk,
    CHECK (state NOT IN ('opened', 'matched', 'used') OR device_hash IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX phone_link_of_session ON phone_link (institution, session);
CREATE INDEX phone_link_of_copy ON phone_link (institution, copy);
CREATE INDEX phone_link_live ON phone_link (institution, ends_at_s) WHERE state IN ('offered', 'opened', 'matched');
CREATE INDEX phone_link_keep ON phone_link (institution, keep_until_s);

-- Printing ----------------------------------------------------------------------------------------------------------

CREATE TABLE print_job (
    institution     TEXT NOT NULL,
    id              TEXT NOT NULL,
    copy            TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('waiting', 'held', 'assigned', 'sending', 'sent', 'printed', 'partly',
                                                   'cancelled', 'aborted', 'unknown', 'expired')),
    owner           TEXT, -- kiosk; NULL: nobody's
    epoch           INTEGER NOT NULL DEFAULT 0,
    reason          TEXT,
    held_by         TEXT,
    lease_s         INTEGER, -- assigned: the page is fetched before; sending, sent: told of before
    sheets_expected INTEGER NOT NULL DEFAULT 0,
    sheets_seen     INTEGER,
    printer_uuid    TEXT,
    printer_job     INTEGER,
    changed_at_s    INTEGER NOT NULL,
    PRIMARY KEY (institution, id),
    UNIQUE (institution, copy),
    FOREIGN KEY (institution, copy) REFERENCES copy,
    FOREIGN KEY (institution, owner) REFERENCES kiosk,
    CHECK (state NOT IN ('assigned', 'sending', 'sent') OR (owner IS NOT NULL AND lease_s IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX print_job_leased ON print_job (institution, lease_s) WHERE state IN ('assigned', 'sending', 'sent');

-- Everything a kiosk ever said of a job, also what came too late to count.
CREATE TABLE print_report (
    institution  TEXT NOT NULL,
    job          TEXT NOT NULL,
    kiosk        TEXT NOT NULL,
    epoch        INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    at_ms        INTEGER NOT NULL,
    state        TEXT NOT NULL,
    no_byte_left INTEGER NOT NULL CHECK (no_byte_left IN (0, 1)),
    sheets       INTEGER,
    printer_uuid TEXT,
    printer_job  INTEGER,
    counted      INTEGER NOT NULL CHECK (counted IN (0, 1)), -- 0: stale or against the rules, kept as evidence
    PRIMARY KEY (institution, job, kiosk, epoch, seq),
    FOREIGN KEY (institution, job) REFERENCES print_job,
    FOREIGN KEY (institution, kiosk) REFERENCES kiosk
) STRICT, WITHOUT ROWID;

-- What happened -----------------------------------------------------------------------------------------------------

CREATE TABLE event (
    institution  TEXT NOT NULL REFERENCES institution,
    id           INTEGER NOT NULL,
    position     INTEGER, -- given by the sealer, never by the order of insertion
    audience     TEXT NOT NULL,
    body         TEXT NOT NULL,
    keep_until_s INTEGER NOT NULL,
    PRIMARY KEY (institution, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX event_position ON event (institution, position) WHERE position IS NOT NULL;

CREATE TABLE act (
    institution TEXT NOT NULL REFERENCES institution,
    id          INTEGER NOT NULL,
    position    INTEGER, -- this and the hashes are given by the sealer
    era         INTEGER NOT NULL,
    at_ms       INTEGER NOT NULL,
    actor       TEXT NOT NULL, -- "student:17", "kiosk:A-2", "staff:3", "office"
    act         TEXT NOT NULL, -- "document.issued"
    object      TEXT NOT NULL,
    detail_hash BLOB,
    prev        BLOB,
    hash        BLOB,
    PRIMARY KEY (institution, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX act_position ON act (institution, position) WHERE position IS NOT NULL;
CREATE INDEX act_unsealed ON act (institution, id) WHERE position IS NULL;
CREATE INDEX act_of_object ON act (institution, object, id);

CREATE TABLE act_detail (
    institution  TEXT NOT NULL,
    act          INTEGER NOT NULL,
    salt         BLOB NOT NULL CHECK (length(salt) = 16),
    body         TEXT NOT NULL, -- JSON
    keep_until_s INTEGER,
    PRIMARY KEY (institution, act),
    FOREIGN KEY (institution, act) REFERENCES act
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_head (
    institution TEXT NOT NULL REFERENCES institution,
    position    INTEGER NOT NULL,
    signed      BLOB NOT NULL,
    PRIMARY KEY (institution, position)
) STRICT, WITHOUT ROWID;

-- What somebody should look at, until he has.
CREATE TABLE alert (
    institution TEXT NOT NULL REFERENCES institution,
    id          INTEGER NOT NULL,
    at_s        INTEGER NOT NULL,
    what        TEXT NOT NULL, -- "document.void"
    object      TEXT NOT NULL, -- "document:UUID"
    words       TEXT NOT NULL, -- English, for an administrator; nothing personal
    seen_at_s   INTEGER,
    PRIMARY KEY (institution, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_unseen ON alert (institution, at_s) WHERE seen_at_s IS NULL;
