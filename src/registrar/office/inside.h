/* The office's own parts.  Inside office/ alone. */
#ifndef REGISTRAR_OFFICE_INSIDE_H
#define REGISTRAR_OFFICE_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/queue.h"
#include "registrar/office/institution.h"
#include "registrar/office/keys.h"
#include "registrar/office/memo.h"
#include "registrar/office/office.h"
#include "registrar/office/passwords.h"
#include "registrar/office/times.h"
#include "registrar/store/kiosks.h"
#include "wire/theme.h"
#include "wire/token.h"

#define OFFICE_TEXTS_MOST 16

/* What the memo of certificates holds. */
typedef struct FoundKiosk {
    char fingerprint[FINGERPRINT_SIZE];
    bool known;
    KioskRow row;
} FoundKiosk;

/* A code that was looked up, until it is written down (looks.h). */
typedef struct NotedCheck {
    char code[13];
    int64_t at_s;
} NotedCheck;

#define NOTED_CHECKS_MOST 256

struct Office {
    OfficeConfig config; /* strings are owned: texts */
    char *texts[OFFICE_TEXTS_MOST];
    size_t text_count;
    Store *store; /* borrowed */
    Log *log;     /* borrowed, may be NULL */
    Keys keys;
    CosePublicKey public_keys[3 * SEALS_MOST]; /* of three uses */
    size_t public_key_count;
    Institution *institution;
    ApiTheme own_theme;         /* of institution.json and the letterhead */
    struct ShelfKeeper *keeper; /* shelf_keeper.h: catalogue, templates, words */
    Passwords *passwords;
    Memo *certificates;         /* by fingerprint: what kiosk_by_certificate found, for a second */
    Memo *shapes;               /* papers that were seen to fit */
    Memo *sources;              /* who asked for what too often */
    Queue *debts;               /* what of that the database is to be told of */
    Queue *checks;              /* NotedCheck: the same */
    Queue *rounds;              /* closed when the office closes: ends the finisher's sleep */
    struct Errands *freshening; /* freshening.h; NULL: there is no HEMIS */
    struct Errands *courses;    /* courses.h; NULL: there is no Moodle */
    atomic_int hemis_askings;   /* of papers, under way (hemis_papers.c) */
    pthread_t finisher;
    bool finishing;
    _Atomic int64_t acts_sealed_ms; /* monotonic: when the sealer last sealed acts; 0: not yet */
    _Atomic int64_t issued, data_cpu_us, page_cpu_us, seal_cpu_us, store_cpu_us;
    _Atomic int64_t data_us, page_us, seal_us, store_us;
};

/* "student:17" */
#define ACTOR_SIZE 48
void actor_student(char ret[ACTOR_SIZE], int64_t student);
void actor_kiosk(char ret[ACTOR_SIZE], const char *kiosk);

static inline int64_t office_now_ms(const Office *office)
{
    return clock_wall_ms(&office->config.clock);
}

static inline int64_t office_now_s(const Office *office)
{
    return clock_wall_s(&office->config.clock);
}

/* The letterhead's emblem, as it was when the office opened: whole, whatever is being saved meanwhile. */
static inline Str office_logo(const Office *office)
{
    return office->own_theme.logo ? blob_str(office->own_theme.logo) : (Str){ 0 };
}

/* "hujjat.namuna.uz/v/": printed before a code. */
void office_check_address(const Office *office, char ret[80]);
/* "HTTPS://HUJJAT.NAMUNA.UZ/D/...": where a phone goes with a token, in capitals, which a QR code packs tighter.  room:
 * the page's letter; token: in capitals itself.  ERR_RANGE: the host is too long for size. */
bool office_phone_address(const Office *office, char room, const char *token, char *ret, size_t size,
                          Error *err) MUST_USE;

/* A kind of paper by its name, in every language that its template or its service has. */
void office_paper_title(const Office *office, const char *kind, PaperTitle *ret);

bool office_new_id(const Office *office, char ret[37], Error *err) MUST_USE;

#endif
