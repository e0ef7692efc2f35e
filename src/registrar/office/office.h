/* The rules of the registrar's office: no HTTP, no SQL text.  Any thread; every function is one or two short
 * transactions. Each noun has its own header: kiosks.h, sign_in.h, home.h, requests.h, copies.h, prints.h, checks.h,
 * limits.h. */
#ifndef REGISTRAR_OFFICE_OFFICE_H
#define REGISTRAR_OFFICE_OFFICE_H

#include "base/clock.h"
#include "base/date.h"
#include "base/log.h"
#include "base/random.h"
#include "registrar/connect/hemis/hemis.h"
#include "registrar/connect/moodle/moodle.h"
#include "registrar/connect/oneid/oneid.h"
#include "registrar/store/store.h"
#include "wire/catalogue.h"

typedef struct OfficeConfig {
    const char *institution;            /* id in the tables: "namuna" */
    const char *host;                   /* of links in seals: "hujjat.namuna.uz", with ":port" where it is not 443 */
    const char *institution_file;       /* names, ministry, address, signatory, opening hours (assets/demo/README.md) */
    const char *names[LANGUAGE_COUNT];  /* NULL in office_open: read from institution_file */
    const char *keys_folder;            /* pepper, seal keys, page key */
    const char *catalogue_folder;       /* kiosk/services */
    const char *information_folder;     /* kiosk/information; NULL: no pages come with the program */
    const char *own_information_folder; /* the university's own pages; NULL, or not there: none */
    const char *templates_folder;       /* assets/documents */
    const char *words_file;             /* NULL: words/words.json in there */
    const char *logo_file;
    int utc_offset_minutes; /* 0 in office_open: read from institution_file */
    bool demo;
    bool follows; /* changed files and what other registrars put are taken while it is open: for `serve` */
    bool limits;  /* false only in tests that measure without them */
    int64_t wrong_tries_a_source; /* passwords an hour, of all kiosks behind one address; 0: no limit */
    Hemis *hemis;    /* the university's, borrowed; NULL: it has told of none, the register alone knows students */
    int hemis_tries; /* that it may refuse, in ten minutes, 1 .. 6; 0: 6 (office/hemis_budget.h) */
    int hemis_tries_kiosk;                    /* of one kiosk, 1 .. 2; 0: 2 */
    Moodle *moodle;                           /* the university's, borrowed; NULL: it has told of none */
    OneId *oneid;                             /* the state's sign-in, borrowed; NULL: it has given us no client */
    struct PasswordWorkers *password_workers; /* shared with others, office/passwords.h; NULL: its own */
    Clock clock;
    Random random;
} OfficeConfig;

typedef struct Office Office;

#define PAPER_TITLE_SIZE 200

/* What a kind of paper is called, kept by whoever asked: "" where there are no words. */
typedef struct PaperTitle {
    char in[LANGUAGE_COUNT][PAPER_TITLE_SIZE];
} PaperTitle;

static inline const char *paper_title(const PaperTitle *title, Language language)
{
    LocalText text = { { NULL } };

    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        text.in[i] = title->in[i][0] ? title->in[i] : NULL;
    return local_text(&text, language);
}

/* Strings are copied.  Loads keys, catalogue, templates; starts the two argon2 workers and the finisher of unfinished
 * documents. */
Office *office_open(const OfficeConfig *config, Store *store, Log *log, Error *err) MUST_USE;
void office_close(Office *office);
OWNED_BY(Office, office_close)

/* Of now, after what others put was taken: catalogue_drop.  NULL: *err says why. */
Catalogue *office_catalogue(Office *office, Error *err) MUST_USE;
const OfficeConfig *office_config(const Office *office);
Date office_today(const Office *office);

/* "NAME" of the actors "staff:NAME" and "token:NAME"; any other as it stands. */
const char *actor_name(const char *actor);

#endif
