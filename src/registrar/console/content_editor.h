/* What the editor and its history share.  Inside console/content_page.c and console/content_history.c. */
#ifndef REGISTRAR_CONSOLE_CONTENT_EDITOR_H
#define REGISTRAR_CONSOLE_CONTENT_EDITOR_H

#include "registrar/console/content.h"

#define CONTENT_UNMET_SIZE 480

/* Tabs, section and title: on every page of content. */
void content_put_frame(Desk *desk, const ContentKindOf *kind);
bool content_show_missing(Desk *desk, const ContentKindOf *kind, HttpServerAnswer *answer, Error *err) MUST_USE;
/* warning: above the fields; "": none. */
bool content_show_editing(Editing *editing, const char *warning, int status, HttpServerAnswer *answer,
                          Error *err) MUST_USE;
/* 303 to what was kept, or to the list once it is gone. */
bool content_kept(Editing *editing, const char *id, bool gone, HttpServerAnswer *answer, Error *err) MUST_USE;
/* Who was faster, and when, as far as that can be read. */
void content_say_unmet(const Editing *editing, char ret[CONTENT_UNMET_SIZE]);

bool content_history_show(Editing *editing, const char *warning, int status, HttpServerAnswer *answer,
                          Error *err) MUST_USE;
/* The way back is a change like any other: it is checked whole, kept, and can be undone. */
bool content_history_back(const HttpServerRequest *request, Editing *editing, HttpServerAnswer *answer,
                          Error *err) MUST_USE;

#endif
