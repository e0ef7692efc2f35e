/* What the files of printing share: printing.c (the thread, its orders, the idle printer), printing_job.c (a copy's way
 * to the printer) and printing_follow.c (what becomes of it there). */
#ifndef KIOSK_DEVICES_PRINTING_PARTS_H
#define KIOSK_DEVICES_PRINTING_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "kiosk/devices/printing.h"
#include "kiosk/devices/printing_journal.h"
#include "print/printer.h"

#define ASK_DEADLINE_MS 3000
#define QUEUE_RESUMES   3 /* in QUEUE_RESUMES_MS: then it is a person's turn */

#define CONFIRM_MS      10000 /* so long a printer may take to confirm a cancel */
#define TITLE_MOST      64

/* The one job that the printer has, may have, or must be rid of. */
typedef struct PrintingJob {
    bool present;
    JournalRow row;
    uint32_t visit;
    uint32_t stops_before;   /* CMD_PRINT_STOPs that had come when it was asked for */
    Blob *pdf;               /* NULL once a byte of it left */
    int64_t handed_out_ms;   /* monotonic */
    int64_t begun_ms;        /* monotonic; of this life only */
    bool made;               /* it was asked for and not refused: the printer may hold it */
    bool seen;               /* what makes the sheets was seen to have it */
    bool recovered;          /* told as MSG_PRINT_RECOVERED: of an earlier life, or after it was given up */
    bool leaving;            /* its visit is over: without progress it is cancelled */
    bool doubted;            /* the printer was away, or we were: its uuid is compared before its word counts */
    bool unanswered;         /* the whole page was sent, and no answer came */
    bool complained;         /* that it could not be cancelled */
    bool given_up;           /* was told UNKNOWN; still asked for */
    bool orphan;             /* was told NOT_SENT; still to be cancelled at the printer */
    bool settled;            /* CMD_SETTLED came for what was told */
    int64_t cancel_until_ms; /* 0: not being cancelled */
    int64_t cancel_again_ms; /* the printer took Cancel-Job, and gets no other before this */
    int64_t count_until_ms;  /* 0: no count is awaited */
    int64_t moved_ms;        /* when the printer last told something new */
    int64_t due_ms;          /* when it is asked next */
    MsgPrint told;
} PrintingJob;

struct Printing {
    char *journal_file;
    int poll_idle_ms, poll_busy_ms;
    Queue *messages;
    Queue *orders;
    Clock clock;
    Log *log;
    Printer *printer;
    Journal *journal;
    uint32_t stops;     /* CMD_PRINT_STOPs so far; of whoever calls printing_run */
    atomic_ullong stop; /* the last of them: its number above, its visit below */
    pthread_t thread;
    bool running; /* the thread was started */
    /* The thread's own from here. */
    uint32_t stops_seen;
    PrintingJob job;
    int64_t idle_due_ms, listen_due_ms;
    bool journal_fails; /* the end of a job could not be written */
    bool told_printer;
    struct {
        PrinterCondition condition;
        bool paper_low, toner_low;
    } last;                            /* MSG_PRINTER */
    bool queue_was_ours;               /* a job of ours was on the queue since it was last seen running */
    int64_t resumed_ms[QUEUE_RESUMES]; /* when it was resumed, oldest first; 0: not yet */
};

int64_t printing_now_ms(const Printing *printing);
/* True once a CMD_PRINT_STOP came for the job, even while its order waits. */
bool printing_is_stopped(const Printing *printing);
/* Gives the message away, waiting a little while the queue is full. */
void printing_tell(Printing *printing, Msg *msg);
/* MSG_PRINTER when something changed or always is set.  reasons: PrinterReason bits. */
void printing_note_printer(Printing *printing, PrinterCondition condition, unsigned reasons, bool always);

/* Resumes a queue that stands still over a job of ours though the printer behind it is well; what a person stopped
 * stays stopped. */
void printing_mend_queue(Printing *printing, bool stalled);

/* ---- printing_job.c ---- */

/* CMD_PRINT: to the last byte, or to NOT_SENT.  Takes pdf. */
void printing_job_begin(Printing *printing, uint32_t visit, uint32_t stops_before, const ApiPrintJob *job, Blob *pdf,
                        int64_t handed_out_ms);
/* Shown on the printer's panel, and what the job is found by. */
void printing_job_title(const ApiPrintJob *job, char title[TITLE_MOST]);
void printing_job_trouble(Printing *printing, const Error *err);
void printing_job_tell_row(Printing *printing, const JournalRow *row, PrintPhase phase, PrinterCondition condition,
                           bool recovered, uint32_t visit);
void printing_job_tell(Printing *printing, PrintPhase phase, PrinterCondition condition);
bool printing_job_move(Printing *printing, JournalPhase phase, Error *err) MUST_USE;
/* The job is final: written, told unless that is known already, and gone. */
void printing_job_end(Printing *printing, PrintPhase phase, PrinterCondition condition);
/* Why the printer did not take or tell something. */
PrinterCondition printing_condition_of_failure(ErrorCode code);

/* ---- printing_follow.c ---- */

/* At start: tells what has ended, takes up what has not. */
void printing_job_recover(Printing *printing);
/* When job.due_ms has come. */
void printing_job_step(Printing *printing);
/* The job's visit is over. */
void printing_job_leave(Printing *printing);
void printing_job_settled(Printing *printing, const char *job, uint32_t epoch);
/* True while its end is waited for by someone: not when it is only asked for to be rid of. */
bool printing_job_is_live(const Printing *printing);

#endif
