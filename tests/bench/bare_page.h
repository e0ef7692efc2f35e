/* The certificate as a program would draw it that can do nothing else: the same words, faces, places and QR code, by
 * Pango and Cairo alone. What a certificate of the office costs is held against this. */
#ifndef BENCH_BARE_PAGE_H
#define BENCH_BARE_PAGE_H

#include <stddef.h>

#include "wire/qr.h"

/* Draws one page as PDF in memory; its size in bytes, 0 on failure. */
size_t bare_page_draw(const Qr *qr, const char *number, const char *code);

#endif
