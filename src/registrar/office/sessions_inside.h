/* Beginning a session, whatever let it begin.  Inside office/. */
#ifndef REGISTRAR_OFFICE_SESSIONS_INSIDE_H
#define REGISTRAR_OFFICE_SESSIONS_INSIDE_H

#include "registrar/office/limits.h"
#include "registrar/office/sessions.h"

typedef struct SessionStart {
    int64_t student;
    const char *number;   /* NULL: they have none */
    const char *way;      /* "password", "visitor": in the act */
    bool weak, visitor;   /* a visitor's is weak */
    const SignInTry *try; /* is given back; NULL: none was reserved */
} SessionStart;

bool session_open(Office *office, const Kiosk *kiosk, const SessionStart *start, ApiSession *ret, Error *err) MUST_USE;

#endif
