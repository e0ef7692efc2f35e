/* A sheet: one public page being made, with what every page says of the institution. */
#ifndef REGISTRAR_API_SHEET_H
#define REGISTRAR_API_SHEET_H

#include "registrar/api/pages.h"
#include "registrar/api/routes.h"

/* Its values and the buffers that they point into. */
typedef struct Sheet {
    const ApiContext *context;
    Pages *pages; /* of now: dropped with the sheet */
    Language language;
    PageValues values;
    char offset[8], phone_link[32], wait[12];
    char address[256];
    Buf checked_date, checked_time, date, until, changed, keys;
} Sheet;

/* In the language that the request asks for. */
void sheet_init(Sheet *sheet, const HttpServerRequest *request);
/* In another, whatever was asked for: before its values are written. */
void sheet_speak(Sheet *sheet, Language language);
void sheet_fini(Sheet *sheet);
#define OWNED_SHEET __attribute__((cleanup(sheet_fini))) Sheet

/* A QR code's address is in capital letters, which make it smaller; a page's cookies are bound to its path in small
 * ones.  True: the request came by the former, and is answered with 303 to the latter. */
bool sheet_moves(const Sheet *sheet, const HttpServerRequest *request, HttpServerAnswer *answer) MUST_USE;
bool sheet_answer(Sheet *sheet, PageName name, int status, HttpServerAnswer *answer, Error *err) MUST_USE;

/* A source that asked for too much that is unknown hears so at once; what is honest never comes here.  what: of
 * office_limit. */
bool sheet_within_limit(const Sheet *sheet, const HttpServerRequest *request, const char *what, bool *ret_allowed,
                        int *ret_wait_s, Error *err) MUST_USE;
bool sheet_too_many(Sheet *sheet, const char *route, int wait_s, HttpServerAnswer *answer, Error *err) MUST_USE;

#endif
