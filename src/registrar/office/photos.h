/* Papers that a form wants, photographed with the student's own phone (wire/papers.h): the link that the kiosk shows,
 * the phone's page, what a request is handed in with, and what staff see of it.
 *
 *   offered   the code is shown
 *   opened    a phone looked at its page; the first one that sends a photograph is bound to the link by a cookie
 *   given     the phone said that these are all, the student went on with the form, or the time was over and some came
 *   ended     given up, here or by a newer set for the same paper, or by the end of the visit before anything came
 *   expired   nothing came in its time
 *
 * A link is good for one paper of one form, for PHOTOS_LINK_S, and for nothing but sending: what was sent is seen by
 * its student at the kiosk and by staff, never by a phone. */
#ifndef REGISTRAR_OFFICE_PHOTOS_H
#define REGISTRAR_OFFICE_PHOTOS_H

#include "base/blob.h"
#include "registrar/document/photo.h"
#include "registrar/office/sessions.h"
#include "registrar/office/shelf.h"
#include "registrar/store/photo_sets.h"
#include "wire/form.h"
#include "wire/papers.h"
#include "wire/token.h"

#define PHOTOS_LINK_S     900
#define PHOTOS_A_DAY_MOST 40 /* sets of a student */
#define PHOTOS_TRIES_MOST 40 /* files sent to one link, whatever they were */

/* --- at the kiosk ------------------------------------------------------------------------------------------------- */

/* A link for this paper; what links this student had for the same paper take no more.  PROBLEM_NOT_FOUND: no such
 * service, or it wants no such paper; PROBLEM_NOT_ALLOWED: not for this student now; PROBLEM_LIMIT: too many today. */
bool photos_offer(Office *office, const Session *session, const ApiPapersWanted *wanted, ApiProblem *ret_problem,
                  ApiPapers *ret, Error *err) MUST_USE;
/* These know the student's own sets alone: PROBLEM_NOT_FOUND. */
bool photos_look(Office *office, const Session *session, const char *id, ApiProblem *ret_problem, ApiPapers *ret,
                 Error *err) MUST_USE;
/* With all its photographs.  PROBLEM_DECIDED: it was handed in. */
bool photos_end(Office *office, const Session *session, const char *id, ApiProblem *ret_problem, Error *err) MUST_USE;
/* A picture for the glass; n from 1.  PROBLEM_NOT_FOUND: no such page, or it came in another visit and this session is
 * weak: anybody who saw the passport may be at the glass. */
bool photos_page(Office *office, const Session *session, const char *id, int n, int width, ApiProblem *ret_problem,
                 Blob **ret_png, Error *err) MUST_USE;

/* --- at the phone ------------------------------------------------------------------------------------------------- */

#define PHOTOS_DEVICE_SIZE 44 /* a cookie's value: 256 bits in base64url, and zero */

typedef enum PhotosDoor {
    PHOTOS_DOOR_GONE,  /* no such link, or it is over: nobody can tell which */
    PHOTOS_DOOR_OTHER, /* another phone is at it */
    PHOTOS_DOOR_OPEN,  /* photographs are taken */
    PHOTOS_DOOR_FULL,  /* as many came as are wanted; "that is all" may be said still */
    PHOTOS_DOOR_DONE   /* that is all: back to the kiosk */
} PhotosDoor;

typedef struct PhotosView {
    PhotosDoor door;
    PaperTitle service, paper;    /* what it is for */
    char place[KIOSK_PLACE_SIZE]; /* where the kiosk stands */
    int pages, most;
    int minutes_left; /* rounded up */
} PhotosView;

/* Whether this registrar made such a token at all: without the register, before a body is read. */
bool photos_token_is_ours(const Office *office, const Token *token);
/* token NULL: what is malformed.  device: the phone's cookie, NULL: none.  Tells the kiosk that a phone came. */
bool photos_door_look(Office *office, const Token *token, const char *device, PhotosView *ret, Error *err) MUST_USE;
/* One photograph more.  *ret_fault: why it is none (the door is open then); ret_device: the cookie that binds the link
 * to this phone, "" when it brought it. */
bool photos_door_add(Office *office, const Token *token, const char *device, Str file, PhotosView *ret,
                     PhotoFault *ret_fault, char ret_device[PHOTOS_DEVICE_SIZE], Error *err) MUST_USE;
/* That is all: nothing changes before one came. */
bool photos_door_done(Office *office, const Token *token, const char *device, PhotosView *ret, Error *err) MUST_USE;

/* --- with a form: inside office/ ---------------------------------------------------------------------------------- */

/* The form wants papers, and some are answered. */
static inline bool photos_are_named(const Service *service, const Answers *answers)
{
    for (size_t i = 0; i < service->field_count; i++)
        if (service->fields[i].kind == FIELD_PAPER && answers_get(answers, service->fields[i].id))
            return true;
    return false;
}

/* Answers that name photographs name such as are this student's, for this service and question, and as are there.
 * request: that they may have been handed in with already, NULL: none.  *ret_field: the first that does not hold, NULL:
 * all do. service: bound. */
bool photos_hold(StoreTransaction *transaction, int64_t student, const Service *service, const Answers *answers,
                 const char *request, const char **ret_field, Error *err) MUST_USE;
/* Handed in: those that the answers name belong to the request from now on, all others of this student and service, and
 * those that it had before, are gone.  In the transaction that keeps the answers. */
bool photos_hand_in(StoreTransaction *transaction, int64_t student, const Service *service, const Answers *answers,
                    const char *request, int64_t now_ms, Error *err) MUST_USE;
/* Answered anew: what staff ticked off of papers that are given otherwise now is to be seen again.  In the transaction
 * that keeps the answers. */
bool photos_unsee(StoreTransaction *transaction, const Service *service, const Answers *before, const Answers *now,
                  const char *request, Error *err) MUST_USE;
/* Kept as long as the draft that names them. */
bool photos_keep_with(StoreTransaction *transaction, int64_t student, const Service *service, const Answers *answers,
                      int64_t keep_until_s, Error *err) MUST_USE;
/* The draft is gone, and so is what nobody handed in. */
bool photos_drop_loose(StoreTransaction *transaction, int64_t student, const char *service, Error *err) MUST_USE;
/* The request was taken back. */
bool photos_drop_with(StoreTransaction *transaction, const char *request, Error *err) MUST_USE;
/* The finisher's: links whose time is over. */
bool photos_time_out(Office *office, Error *err) MUST_USE;

/* --- staff -------------------------------------------------------------------------------------------------------- */

typedef struct PaperWanted {
    const Field *field; /* of the shelf's service */
    bool brought;       /* to the window; else photographed */
    char set[ID_SIZE];  /* of its photographs, "" */
    int pages;
    bool seen; /* ticked off */
    char seen_by[48];
    int64_t seen_at_s;
} PaperWanted;

typedef struct PapersWanted {
    Shelf *shelf;           /* owned */
    const Service *service; /* NULL: it is offered no more */
    RequestRow request;
    size_t count;
    PaperWanted papers[FORM_FIELDS_MOST];
} PapersWanted;

/* Which papers a request wants, and how they were given.  PROBLEM_NOT_FOUND. */
bool papers_wanted(Office *office, const char *request, ApiProblem *ret_problem, PapersWanted *ret,
                   Error *err) MUST_USE;
void papers_wanted_fini(PapersWanted *wanted);
/* One photograph as it is kept: JPEG.  That somebody looked is an act of that student.  PROBLEM_NOT_FOUND. */
bool papers_view(Office *office, const char *clerk, const char *request, const char *field, int n,
                 ApiProblem *ret_problem, Blob **ret_jpeg, Error *err) MUST_USE;
/* Ticked off as seen at the window, or on its photograph; again changes nothing.  PROBLEM_NOT_FOUND: the request wants
 * no such paper; PROBLEM_DECIDED: it is over. */
bool papers_tick(Office *office, const char *clerk, const char *request, const char *field, ApiProblem *ret_problem,
                 Error *err) MUST_USE;

/* --- between photos*.c -------------------------------------------------------------------------------------------- */

#define PHOTO_SETS_MOST 64 /* that are looked at together */

/* What a set is at this second, whatever its row still says. */
PhotoState photos_now(const PhotoSetRow *set, bool session_lives, int64_t now_s);
bool photos_move(StoreTransaction *transaction, const PhotoSetRow *set, PhotoState to, int64_t now_ms,
                 Error *err) MUST_USE;
/* The kiosk that shows the link is told that something came of it. */
bool photos_say(StoreTransaction *transaction, const PhotoSetRow *set, int64_t now_ms, Error *err) MUST_USE;
bool photos_session_lives(StoreTransaction *transaction, const PhotoSetRow *set, int64_t now_s, bool *ret,
                          Error *err) MUST_USE;
/* What a page is sealed for: moved to another set or place it can't be opened. */
bool photos_seal(const Office *office, const char *set, int n, Str jpeg, Buf *sealed, Error *err) MUST_USE;
bool photos_open(const Office *office, const char *set, int n, Str sealed, Buf *jpeg, Error *err) MUST_USE;
bool photos_hash(const char *secret, uint8_t ret[PHOTO_HASH_SIZE], Error *err) MUST_USE;
bool photos_token_make(const Office *office, Token *ret, Error *err) MUST_USE;

#endif
