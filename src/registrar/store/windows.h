/* The windows of the hall (schema/0008.sql): what each is for, and who sits there. */
#ifndef REGISTRAR_STORE_WINDOWS_H
#define REGISTRAR_STORE_WINDOWS_H

#include <stdint.h>

#include "base/str.h"
#include "registrar/store/store.h"

#define WINDOW_PLACE_SIZE  64
#define WINDOW_TOPICS_SIZE 640 /* ids by commas */
#define WINDOW_CLERK_SIZE  48  /* "staff:NAME", "token:NAME" */
#define WINDOWS_MOST       99

typedef enum WindowState { WINDOW_CLOSED, WINDOW_OPEN, WINDOW_PAUSED, WINDOW_STATE_COUNT } WindowState;

typedef struct WindowRow {
    int number; /* 1..WINDOWS_MOST */
    char place[WINDOW_PLACE_SIZE];
    char topics[WINDOW_TOPICS_SIZE];
    WindowState state;
    uint32_t epoch;
    char clerk[WINDOW_CLERK_SIZE];      /* "": it is closed */
    char last_clerk[WINDOW_CLERK_SIZE]; /* who sat there last, also now; "": nobody yet */
    int64_t changed_at_s;
} WindowRow;

const char *window_state_name(WindowState state);
bool window_state_parse(Str name, WindowState *ret) MUST_USE;

/* Closed; or another place and other topics of one that is there. */
bool windows_put(StoreTransaction *transaction, const WindowRow *window, Error *err) MUST_USE;
bool windows_remove(StoreTransaction *transaction, int64_t number, bool *ret_found, Error *err) MUST_USE;
bool windows_get(StoreTransaction *transaction, int64_t number, bool *ret_found, WindowRow *ret, Error *err) MUST_USE;
/* By number; at most room. */
bool windows_list(StoreTransaction *transaction, WindowRow *rows, size_t room, size_t *ret_count, Error *err) MUST_USE;
/* Writes state, clerk and time under the next epoch.  ERR_CONFLICT: it is in another epoch by now. */
bool windows_change(StoreTransaction *transaction, const WindowRow *window, Error *err) MUST_USE;

#endif
