/* What printing.c (the thread, its orders, the idle printer) and printing_job.c (a copy's way to paper) share. */
#ifndef KIOSK_DEVICES_PRINTING_PARTS_H
#define KIOSK_DEVICES_PRINTING_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "kiosk/devices/printing.h"
#include "kiosk/devices/printing_journal.h"
#include "print/printer.h"

#define ASK_DEADLINE_MS 3000

/* The one job that the printer has, may have, or must be rid of. */
typedef struct PrintingJob {
    bool present;
    JournalRow row;
    uint32_t visit;
    Blob *pdf;               /* NULL once the last byte was accepted */
    int64_t handed_out_ms;   /* monotonic */
    bool made;               /* Create-Job was asked for and not refused: the printer may hold it */
    bool recovered;          /* told as MSG_PRINT_RECOVERED: of an earlier life, or after it was given up */
    bool leaving;            /* its visit is over: without progress it is cancelled */
    bool doubted;            /* the printer was away, or we were: its uuid is compared before its word counts */
    bool cancelled;          /* the printer took Cancel-Job */
    bool given_up;           /* was told UNKNOWN; still asked for */
    bool orphan;             /* was told NOT_SENT; still to be cancelled at the printer */
    bool settled;            /* CMD_SETTLED came for what was told */
    int64_t cancel_until_ms; /* 0: not being cancelled */
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
    atomic_uint stopped_visit; /* of a CMD_PRINT_STOP whose order is still to be taken; 0: none */
    pthread_t thread;
    bool running; /* the thread was started */
    /* The thread's own from here. */
    PrintingJob job;
    int64_t idle_due_ms;
    bool journal_fails; /* the end of a job could not be written */
    bool told_printer;
    struct {
        PrinterCondition condition;
        bool paper_low, toner_low;
    } last; /* MSG_PRINTER */
};

int64_t printing_now_ms(const Printing *printing);
/* Gives the message away, waiting a little while the queue is full. */
void printing_tell(Printing *printing, Msg *msg);
/* MSG_PRINTER when something changed or always is set.  reasons: PrinterReason bits. */
void printing_note_printer(Printing *printing, PrinterCondition condition, unsigned reasons, bool always);

/* CMD_PRINT: to the last byte, or to NOT_SENT.  Takes pdf. */
void printing_job_begin(Printing *printing, uint32_t visit, const ApiPrintJob *job, Blob *pdf, int64_t handed_out_ms);
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
