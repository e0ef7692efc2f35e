/* The copy on a phone (MODEL.md sections 1, 3, 6): a kiosk shows a QR code with a link, a phone opens it and shows two
 * digits, they are typed at the kiosk, that phone takes the PDF.
 *
 *   offered   the code is shown: PHONE_OFFERED_S.  Looking at the link changes nothing, so a preview burns nothing
 *   opened    a phone asked to go on: it got a cookie and two digits, chosen then and never in the code: PHONE_OPENED_S
 *   matched   they were typed at the kiosk, at the first try: that phone may take the copy for PHONE_TAKING_S
 *   used      it did; and may again, PHONE_DOWNLOADS times in all, within the same time
 *   denied    wrong digits, a newer link, the end of the session before the digits were typed, or withdrawn
 *
 * The copy is a copy of its own, with code and seal, made with the first link to it.  While nobody took it, the next
 * link leads to the same one; PHONE_LEFT_S after the last link to it ended it expires.  A weak session gets none. */
#ifndef REGISTRAR_OFFICE_PHONE_H
#define REGISTRAR_OFFICE_PHONE_H

#include "base/blob.h"
#include "registrar/office/once.h"
#include "registrar/office/sessions.h"
#include "registrar/store/phone_links.h"
#include "wire/token.h"

#define PHONE_OFFERED_S 300
#define PHONE_OPENED_S  60
#define PHONE_TAKING_S  300
#define PHONE_DOWNLOADS 3
#define PHONE_LEFT_S    120
/* Links of one session that a phone opened and that came to nothing: no more are made. */
#define PHONE_FAILURES_MOST 3

/* --- at the kiosk ------------------------------------------------------------------------------------------------- */

/* A link to a phone's copy of the document that copy is of; what links this session had that wait for a phone or for
 * digits are denied.  PROBLEM_NOT_FOUND: no copy of this student's; PROBLEM_NOT_ALLOWED: a weak session, or the
 * document is no more valid; PROBLEM_LIMIT: too many came to nothing.  once (NULL: nobody asks again): asked with a key
 * that was used for this, the link of before as it was told then; PROBLEM_KEY_REUSED: used for something else. */
bool phone_link_make(Office *office, const Session *session, const char *copy, const Once *once,
                     ApiProblem *ret_problem, ApiPhoneLink *ret, Error *err) MUST_USE;
/* These know the session's own links alone: PROBLEM_NOT_FOUND. */
bool phone_link_look(Office *office, const Session *session, const char *link, ApiProblem *ret_problem,
                     ApiPhoneLink *ret, Error *err) MUST_USE;
/* One try.  *ret tells what came of it: matched, denied, or what the link was already. */
bool phone_link_digits(Office *office, const Session *session, const char *link, const char *digits,
                       ApiProblem *ret_problem, ApiPhoneLink *ret, Error *err) MUST_USE;
/* A copy that nobody took expires, one that was taken is revoked, and the status lists say so before this returns. */
bool phone_link_withdraw(Office *office, const Session *session, const char *link, ApiProblem *ret_problem,
                         ApiPhoneLink *ret, Error *err) MUST_USE;

/* --- at the phone ------------------------------------------------------------------------------------------------- */

#define PHONE_DEVICE_SIZE 44 /* a cookie's value: 256 bits in base64url, and zero */

typedef enum PhoneDoor {
    DOOR_GONE,   /* no such link, over, used up, or the copy is no more: nobody can tell which */
    DOOR_CLOSED, /* nobody has opened it yet */
    DOOR_OTHER,  /* another phone has */
    DOOR_DIGITS, /* this one shows its digits */
    DOOR_OPEN    /* the copy may be taken */
} PhoneDoor;

typedef struct PhoneView {
    PhoneDoor door;
    PaperTitle title;             /* the kind of paper */
    char place[KIOSK_PLACE_SIZE]; /* where the kiosk stands */
    char digits[3];               /* DOOR_DIGITS */
    char kind[40], number[24];    /* DOOR_OPEN: for the file's name */
    int left;                     /* DOOR_OPEN: downloads */
    int minutes_left;             /* DOOR_OPEN, rounded up */
} PhoneView;

/* token NULL: what is malformed, DOOR_GONE after the same work.  device: the phone's cookie, NULL: none.  Changes
 * nothing. */
bool phone_door_look(Office *office, const Token *token, const char *device, PhoneView *ret, Error *err) MUST_USE;
/* Opens what is closed: ret_device is then the cookie that binds it to this phone, else "".  *ret: how it is now. */
bool phone_door_open(Office *office, const Token *token, const char *device, PhoneView *ret,
                     char ret_device[PHONE_DEVICE_SIZE], Error *err) MUST_USE;
/* DOOR_OPEN alone gives the page, exactly as it is kept: *ret_pdf stays NULL otherwise. */
bool phone_door_take(Office *office, const Token *token, const char *device, PhoneView *ret, Blob **ret_pdf,
                     Error *err) MUST_USE;

/* --- inside office/ ----------------------------------------------------------------------------------------------- */

/* What a link is at this second, whatever its row still says: its time, and the end of the session before the digits
 * were typed, count at once. */
LinkState phone_link_now(const PhoneLinkRow *link, bool session_lives, int64_t now_s);
/* What a phone finds.  copy: the link's own.  device_hash NULL: it brought no cookie. */
PhoneDoor phone_door(const PhoneLinkRow *link, LinkState now, const CopyRow *copy, const uint8_t *device_hash,
                     int64_t now_s);
/* A session ends: its links that wait for a phone or for digits are denied.  In the transaction that ends it. */
bool phone_links_end_with(StoreTransaction *transaction, const uint8_t session[BEARER_HASH_SIZE], const char *actor,
                          int64_t now_ms, Error *err) MUST_USE;
/* Links whose time is over; copies that nobody may take any more. */
bool phone_links_time_out(Office *office, Error *err) MUST_USE;

/* Between phone.c and phone_door.c: a link with what it belongs to, from one snapshot. */
typedef struct PhoneFound {
    bool found;
    PhoneLinkRow link;
    LinkState now;
    CopyRow copy;
    DocumentRow document;
} PhoneFound;
/* ret->link is filled; the rest is read. */
bool phone_found_read(StoreTransaction *transaction, int64_t now_s, PhoneFound *ret, Error *err) MUST_USE;
/* Moves the link after writing its columns.  actor: who did it. */
bool phone_link_move(StoreTransaction *transaction, const PhoneLinkRow *link, LinkState to, const char *actor,
                     int64_t now_ms, Error *err) MUST_USE;
/* The kiosk that shows the link is told that it is not as it was: for what was not done at that kiosk. */
bool phone_link_say(StoreTransaction *transaction, const PhoneLinkRow *link, int64_t now_ms, Error *err) MUST_USE;
/* 00 to 99, each as likely. */
bool phone_digits_choose(const Random *random, char ret[3], Error *err) MUST_USE;
bool phone_hash(const char *secret, uint8_t ret[LINK_HASH_SIZE], Error *err) MUST_USE;

#endif
