/* Any paper as a program would draw it that can do nothing else: the same texts in the same faces at the same places,
 * the same rules, pictures and code, by Pango and Cairo alone.  It is told what stands where, and shapes and breaks
 * every text itself.  What a paper of the office costs is held against this. */
#ifndef BENCH_BARE_PAPER_H
#define BENCH_BARE_PAPER_H

#include "registrar/document/sheet.h"

typedef struct BarePaper BarePaper;

/* Takes down what stands on the sheets, which must outlive it for its pictures.  Aborts without memory. */
BarePaper *bare_paper_new(const Sheets *sheets);
void bare_paper_free(BarePaper *paper);
OWNED_BY(BarePaper, bare_paper_free)
/* All pages as PDF in memory; its size in bytes, 0 on failure. */
size_t bare_paper_draw(const BarePaper *paper, const Qr *qr);

#endif
