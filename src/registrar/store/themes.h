/* How an institution wants its kiosks to look, as far as it chose beside its files: one row. */
#ifndef REGISTRAR_STORE_THEMES_H
#define REGISTRAR_STORE_THEMES_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/store.h"

typedef struct ThemeRow {
    char brand[8];    /* "#RRGGBB"; "": not chosen */
    char version[24]; /* "": nothing was ever chosen */
    bool has_logo;
} ThemeRow;

/* logo (may be NULL: not wanted) is cleared and filled. */
bool themes_get(StoreTransaction *transaction, ThemeRow *ret, Buf *logo, Error *err) MUST_USE;
/* Takes the place of the one before. */
bool themes_put(StoreTransaction *transaction, const ThemeRow *theme, Str logo, int64_t now_s, Error *err) MUST_USE;

#endif
