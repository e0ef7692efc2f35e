/* What ails the printer, as printers/fault writes it into DIR/faults. */
#ifndef FAULT_PRINTER_FAULTS_H
#define FAULT_PRINTER_FAULTS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Faults {
    char reason[48]; /* keeps paper from coming out; "" when nothing does */
    bool stopped;    /* the printer says so by its state, too */
    int at_page;     /* once so many sheets of a job are out; -1: now, and between jobs */
    int abort_at;    /* the job under way is given up once so many sheets are out; -1: none is */
    int hold_at;     /* each job takes its time once so many sheets are out, without a word; -1: none does */
    int64_t sheet_ms;
    int64_t sip_ms; /* 16 sips of a document; 0: it is taken as it comes */
    bool not_accepting;
    bool busy;
    bool no_count;
    bool garbage;
    bool half;
    bool hang;
    bool low;
    char warns[48];   /* a reason that is told, and keeps nothing from coming out; "" when none is */
    bool early;       /* a job is told as completed as soon as its document is there */
    bool no_events;   /* subscriptions are granted, and nothing is told to them */
    bool no_lease;    /* it is not told for how long they are granted */
    int lease_most_s; /* of subscriptions; 0: as long as is asked for */
} Faults;

#define SHEET_MS 100

/* dir: the printer's folder.  Looked at anew with each call; what can't be read is not raised. */
Faults faults_read(const char *dir);
/* True once for each time that the printer was told to forget its jobs. */
bool faults_take_forget(const char *dir);

#endif
