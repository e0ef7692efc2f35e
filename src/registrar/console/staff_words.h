/* Staff in words: roles, scopes and times as the pages of accounts and sessions show them.  Inside console/. */
#ifndef REGISTRAR_CONSOLE_STAFF_WORDS_H
#define REGISTRAR_CONSOLE_STAFF_WORDS_H

#include "registrar/console/desk.h"

/* "Front office, archive" */
void staff_words_roles(const Desk *desk, unsigned roles, Buf *buf);
/* "faculty 401, window 2"; "everywhere". */
void staff_words_scope(const Desk *desk, const StaffScope *scope, Buf *buf);
/* "today 09:14", "22 November 14:02"; "never" for 0. */
void staff_words_time(const Desk *desk, int64_t at_s, Buf *buf);
/* Each role: "role-id", "role-words", "role-does", "is-given". */
json_t *staff_words_choices(const Desk *desk, unsigned given);
/* Sessions: "session-id", "session-device", "session-source", "session-began", "session-used", "is-this". */
bool staff_words_sessions(Desk *desk, const char *name, json_t **ret_rows, Error *err) MUST_USE;

#endif
