/* A university's HEMIS (https://student.UNIVERSITY.uz/rest): signing in, the student's record as the house keeps it
 * (assets/demo/README.md has the parts' shapes), and HEMIS's own papers.  Reads tolerantly: a field may be text, a
 * number, null or absent, and what can't be read is as if it were not there; what a student must not lose (who he is)
 * is never guessed.  One Hemis for all threads: each call uses one of its connections and ends within its deadline.
 * Nothing is ever asked twice by itself.  Passwords and tokens are in no log, no error and no file; what held them is
 * wiped.  Source: facts of HEMIS's interface, tags S1 .. S5. */
#ifndef REGISTRAR_CONNECT_HEMIS_HEMIS_H
#define REGISTRAR_CONNECT_HEMIS_HEMIS_H

#include "base/buf.h"
#include "base/clock.h"

#define HEMIS_TOKEN_SIZE  2049 /* a JWT; live ones have about 300 bytes */
#define HEMIS_NUMBER_SIZE 24
#define HEMIS_ETAG_SIZE   64
#define HEMIS_PAPERS_MOST 200
#define HEMIS_PAPER_MOST  (20u << 20) /* bytes of a PDF */
#define HEMIS_PART_MOST   (1u << 20)  /* bytes of a part of a record */

typedef struct Hemis Hemis;

/* Fields on which sources disagree are settings, told on site ([hemis] in registrar.ini). */
typedef struct HemisConfig {
    const char *address;       /* "https://student.namuna.uz/rest": all paths stand behind it */
    const char *ca_file;       /* the only authority that is trusted; NULL: the system's */
    int deadline_ms;           /* of one request, 100 .. 60000 */
    int sign_in_ms;            /* of signing in, whose refusals are kept back so long; 0: as deadline_ms */
    int connections;           /* most requests at once, 1 .. 64; one more waits for its deadline at most */
    int utc_offset_minutes;    /* the university's */
    bool dates_are_local;      /* dates in JSON are midnight there (else in UTC) */
    bool absent_off_excused;   /* absent_off counts the excused hours (else absent_on) */
    bool semester_underscored; /* queries say "_semester" (else "semester") */
    int mark_least[3];         /* points from which a result is marked 5, 4 and 3: 90, 70, 60; 0 .. 100, falling */
    const char *oauth_client;  /* the registrar's client id, for signing in on HEMIS's own page; NULL: not asked for */
    const char *oauth_secret;  /* Secret; NULL without a client */
    Clock clock;
} HemisConfig;

typedef enum HemisOutcome {
    HEMIS_OK,
    HEMIS_UNCHANGED, /* as it was when the ETag was given */
    HEMIS_REFUSED,   /* signing in: wrong login or password */
    HEMIS_LIMITED,   /* too many: HEMIS answers nobody of this address, or not this login, for a while */
    HEMIS_EXPIRED,   /* the token is not accepted (any more): 2 days, or a changed password */
    HEMIS_NOTHING,   /* there is none: no contract, no such paper; HEMIS refuses in words */
    HEMIS_AWAY,      /* not reached, no answer in time, status 500 and above, or the breaker is open: as *err says */
    HEMIS_STRANGE,   /* answered what can't be used: no JSON, another student's, over a limit */
    HEMIS_UNKNOWN,   /* an act whose answer was lost: it may have been done */
    HEMIS_FAILED,    /* our own: no memory, or an argument that can't be */
    HEMIS_OUTCOME_COUNT
} HemisOutcome;

/* "away": for logs and figures, static. */
const char *hemis_outcome_name(HemisOutcome outcome);

/* config is copied with its texts.  ERR_ARGUMENT: an address that is not https (http to this machine alone), or bounds.
 * Speaks with nobody yet. */
Hemis *hemis_new(const HemisConfig *config, Error *err) MUST_USE;
/* No call is under way. */
void hemis_free(Hemis *hemis);
OWNED_BY(Hemis, hemis_free)

/* Whether HEMIS is held to be away: the breaker is open, and calls answer HEMIS_AWAY at once until it lets one try.
 * Five failures in a row open it for 5 s, then twice as long each time up to 2 minutes; one answer closes it. */
bool hemis_is_away(Hemis *hemis);

/* Quiet: HEMIS is not asked anything any more (HEMIS_AWAY at once); what is under way ends with its present request.
 * For an end that does not wait for twenty of them. */
void hemis_hush(Hemis *hemis, bool quiet);

/* --- signing in -------------------------------------------------------------------------------------------------- */

typedef struct HemisToken {
    char text[HEMIS_TOKEN_SIZE]; /* secret */
} HemisToken;
void hemis_token_wipe(HemisToken *token);
#define OWNED_HEMIS_TOKEN __attribute__((cleanup(hemis_token_wipe))) HemisToken

/* HEMIS_OK with *ret_token; HEMIS_REFUSED; HEMIS_LIMITED with the seconds to wait (at least 1; what HEMIS says, or 600)
 * in *ret_wait_s, which is 0 otherwise; HEMIS_AWAY, HEMIS_STRANGE, HEMIS_FAILED.  Each of REFUSED, AWAY (after sending)
 * and STRANGE may have cost one of the tries that HEMIS counts: ten in ten minutes for an address.  err is set whenever
 * it is not HEMIS_OK. */
int hemis_sign_in_deadline_ms(const Hemis *hemis);
/* Whether a call that ended so may have come to HEMIS, and may count there.  False: surely nothing was sent. */
bool hemis_was_told(HemisOutcome outcome, const Error *err);
HemisOutcome hemis_sign_in(Hemis *hemis, const char *number, const char *password, HemisToken *ret_token,
                           int *ret_wait_s, Error *err) MUST_USE;

/* Signing in on HEMIS's own page, in somebody's browser: OAuth 2.0's authorization code (RFC 6749 section 4.1). Whether
 * HEMIS has made a client for us. */
bool hemis_has_page(const Hemis *hemis);
/* Appends the page's address.  back: where HEMIS sends the browser then, as its administrators entered it; state comes
 * back with it. */
bool hemis_page_address(const Hemis *hemis, const char *back, const char *state, Buf *ret, Error *err) MUST_USE;
/* Who came back with this code: the student's number, and the token for their record, "" where this HEMIS hands over
 * none. HEMIS_REFUSED: the code is not good, or they are no student.  Two requests, each within a sign-in's deadline.
 */
HemisOutcome hemis_page_who(Hemis *hemis, const char *back, const char *code, char ret_number[HEMIS_NUMBER_SIZE],
                            HemisToken *ret_token, Error *err) MUST_USE;

/* --- the record -------------------------------------------------------------------------------------------------- */

/* Names as record parts have them in the store: hemis_part_name. */
typedef enum HemisPart {
    HEMIS_PROFILE,     /* account/me, education/gpa-list; without the PINFL, which stands beside it */
    HEMIS_RESULTS,     /* education/subject-list, of semesters that are over, where there is an overall score */
    HEMIS_ASSESSMENTS, /* the same of the running one */
    HEMIS_SCHEDULE,    /* education/schedule and education/semesters */
    HEMIS_EXAMS,       /* education/exam-table */
    HEMIS_ATTENDANCE,  /* education/attendance */
    HEMIS_CONTRACT,    /* student/contract */
    HEMIS_ORDERS,      /* student/decree */
    HEMIS_PART_COUNT
} HemisPart;
#define HEMIS_PART(part)    (1u << (part))
#define HEMIS_PARTS_AT_ONCE HEMIS_PART(HEMIS_PROFILE)          /* what a sign-in waits for: one request */
#define HEMIS_PARTS_ALL     (HEMIS_PART(HEMIS_PART_COUNT) - 1) /* about twenty requests, one after the other */
const char *hemis_part_name(HemisPart part);

typedef struct HemisPartAnswer {
    HemisOutcome outcome;       /* OK, UNCHANGED, NOTHING (it is no longer there), or why it could not be read */
    Buf body;                   /* HEMIS_OK: canonical JSON in the house's shape */
    char etag[HEMIS_ETAG_SIZE]; /* in: of the answer that the kept part was made of, "" to have it anyway; out: the new
                                 * one, "" when HEMIS gives none */
} HemisPartAnswer;

typedef struct HemisRecord {
    char number[HEMIS_NUMBER_SIZE]; /* in: whose record it is to be */
    char pinfl[24];                 /* out, with the profile: "" when HEMIS has none.  Secret */
    bool password_is_first; /* out, with the profile: HEMIS says that its first password is still there (password_valid
                             * false) */
    HemisPartAnswer parts[HEMIS_PART_COUNT];
} HemisRecord;

/* No part has been read: each is HEMIS_UNCHANGED. */
void hemis_record_init(HemisRecord *record, const char *number);
/* Wipes. */
void hemis_record_fini(HemisRecord *record);
#define OWNED_HEMIS_RECORD __attribute__((cleanup(hemis_record_fini))) HemisRecord

/* Reads parts (HEMIS_PART(...) | ...; the profile always first, and always asked for: it tells whose answers these
 * are). quick: names in the language uz alone, others made of its letters, for a sign-in that waits; else in all four
 * languages as HEMIS has them; and each answer within a sign-in's deadline.  HEMIS_OK: each part asked for has its own
 * outcome.  Otherwise none is there: HEMIS_EXPIRED; HEMIS_STRANGE: the profile is another's or nobody's; HEMIS_AWAY;
 * HEMIS_FAILED.  Once HEMIS is away in the middle, the rest of the parts are HEMIS_AWAY and what was read stays good.
 */
HemisOutcome hemis_read(Hemis *hemis, const HemisToken *token, unsigned parts, bool quick, HemisRecord *record,
                        Error *err) MUST_USE;

/* --- papers that HEMIS makes ------------------------------------------------------------------------------------- */

typedef struct HemisPaper {
    char id[40];      /* HEMIS's, within its kind */
    char kind[32];    /* "reference", "decree", "diploma", "supplement", "academic_sheet", "transcript", ... */
    char number[64];  /* "" when it has none */
    char name[200];   /* as HEMIS calls it, in Uzbek */
    char semester[8]; /* HEMIS's code, "15"; "" when not told */
    char date[12];    /* ISO; "" when not told */
    char file[400];   /* its address; asked only below our own HEMIS's */
} HemisPaper;

typedef struct HemisPapers {
    size_t count;
    HemisPaper rows[HEMIS_PAPERS_MOST];
} HemisPapers;

/* student/document-all; HEMIS_NOTHING: none. */
HemisOutcome hemis_papers(Hemis *hemis, const HemisToken *token, HemisPapers *ret, Error *err) MUST_USE;

/* The certificate of study of a semester (1 ..), which HEMIS makes.  Reads student/reference first, so that a second
 * call after a lost answer finds what the first has made; only when there is none for that semester,
 * student/reference-generate is asked, once, and never again within the call.  HEMIS_UNKNOWN: its answer was lost and
 * student/reference does not show it yet: call again later.  HEMIS_NOTHING: HEMIS refuses to make one. */
HemisOutcome hemis_reference(Hemis *hemis, const HemisToken *token, int semester, HemisPaper *ret, Error *err) MUST_USE;

/* The same, and never asks HEMIS to make one: HEMIS_NOTHING while there is none. */
HemisOutcome hemis_reference_look(Hemis *hemis, const HemisToken *token, int semester, HemisPaper *ret,
                                  Error *err) MUST_USE;

/* Appends the PDF, unchanged.  buf was given HEMIS_PAPER_MOST or less.  HEMIS_STRANGE: what came is no PDF, or the
 * address is not our HEMIS's: a token goes nowhere else. */
HemisOutcome hemis_paper_fetch(Hemis *hemis, const HemisToken *token, const HemisPaper *paper, Buf *ret_pdf,
                               Error *err) MUST_USE;

#endif
