/* What the files of a press share: press.c (the thread), press_send.c (a job's way to the printer), press_follow.c
 * (what becomes of it there). */
#ifndef REGISTRAR_PRINTING_PRESS_PARTS_H
#define REGISTRAR_PRINTING_PRESS_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/queue.h"
#include "print/printer.h"
#include "registrar/printing/press.h"

#define ASK_DEADLINE_MS 3000
#define TITLE_MOST      64

/* The errand that is under way, beside what the register says of it. */
typedef struct PressJob {
    bool present;
    ErrandRow errand;
    int64_t begun_ms;        /* monotonic, of this life; 0: it was taken up */
    bool seen;               /* what makes the sheets was seen to have it */
    bool doubted;            /* the printer was away, or we were: its uuid is compared before its word counts */
    bool unanswered;         /* it may have left, and no answer came */
    bool unsent;             /* no byte left, and the register is still to hear of it */
    bool made;               /* the printer may hold a job of it */
    bool unwanted;           /* to be cancelled */
    bool complained;         /* that it could not be cancelled */
    int64_t cancel_until_ms; /* 0: not being cancelled */
    int64_t cancel_again_ms;
    int64_t count_until_ms; /* 0: no count is awaited */
    int64_t moved_ms;       /* when something new was heard of it */
    int64_t away_ms;        /* since when the printer is away; 0: it is not */
} PressJob;

struct Press {
    PressConfig config;
    Printer *printer;
    Queue *stops; /* one item: it is to stop */
    pthread_t thread;
    bool running;
    atomic_bool stopping, sending;
    int64_t stop_by_ms; /* when a page under way is cut off */
    /* The thread's own from here. */
    PressJob job;
    int64_t begin_due_ms, idle_due_ms, job_due_ms, listen_due_ms;
    int64_t resumed_ms;             /* when its queue was resumed last; 0: never */
    char state[PRINTER_STATE_SIZE]; /* as it was told; "": not yet */
};

int64_t press_now_ms(const Press *press);
void press_trouble(const Press *press, const Error *err);
/* Tells how the printer is, where that changed. */
void press_tell(Press *press, const char *word, unsigned reasons);
/* The word for what keeps paper from coming out; "ready": nothing does. */
const char *press_word(const PrinterInfo *info);
const char *press_word_of_reasons(unsigned reasons);
/* Why the printer did not take or tell something. */
const char *press_word_of_failure(ErrorCode code);
/* Shown on its panel, and what the job is found by. */
void press_title(const ErrandRow *errand, char title[TITLE_MOST]);

/* ---- press_send.c ---- */

/* The next job: to its last byte, or back into the line. */
void press_begin(Press *press, const PrintJobRow *job);
/* Tells the register that no byte left, which it could not hear before. */
bool press_unsent(Press *press, Error *err) MUST_USE;

/* ---- press_follow.c ---- */

/* One step with the errand that the register knows of. */
void press_follow(Press *press, const PrinterWork *work);

#endif
