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
#include "registrar/office/papers.h"
#include "registrar/office/passwords.h"
#include "registrar/office/times.h"
#include "registrar/store/kiosks.h"

#define OFFICE_TEXTS_MOST 16

/* What the memo of certificates holds. */
typedef struct FoundKiosk {
    char fingerprint[FINGERPRINT_SIZE];
    bool known;
    KioskRow row;
} FoundKiosk;

struct Office {
    OfficeConfig config; /* strings are owned: texts */
    char *texts[OFFICE_TEXTS_MOST];
    size_t text_count;
    Store *store; /* borrowed */
    Log *log;     /* borrowed, may be NULL */
    Keys keys;
    CosePublicKey public_keys[2 * SEALS_MOST];
    size_t public_key_count;
    Institution *institution;
    Catalogue *catalogue;
    Papers papers;
    Passwords *passwords;
    Memo *certificates; /* by fingerprint: what kiosk_by_certificate found, for a second */
    Memo *shapes;       /* papers that were seen to fit */
    Memo *sources;      /* who asked for what too often */
    Queue *rounds;      /* closed when the office closes: ends the finisher's sleep */
    pthread_t finisher;
    bool finishing;
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

/* "hujjat.namuna.uz/v/": printed before a code. */
void office_check_address(const Office *office, char ret[80]);

bool office_new_id(const Office *office, char ret[37], Error *err) MUST_USE;

#endif
