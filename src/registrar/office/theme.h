/* How the university wants its kiosks to look: colour and logo.  What was not chosen by command is that of
 * institution.json ("brand") and of the letterhead (paths.logo). */
#ifndef REGISTRAR_OFFICE_THEME_H
#define REGISTRAR_OFFICE_THEME_H

#include "registrar/office/office.h"
#include "wire/theme.h"

typedef struct ThemeWish {
    const char *brand; /* "#RRGGBB"; "none": institution.json's again; NULL: as it is */
    bool change_logo;
    Str logo; /* PNG or SVG; empty: the letterhead's again */
} ThemeWish;

/* ERR_ARGUMENT with words for who wishes it. */
bool theme_set(Office *office, const ThemeWish *wish, Error *err) MUST_USE;
/* What kiosks are told; api_theme_fini. */
bool theme_get(Office *office, ApiTheme *ret, Error *err) MUST_USE;
/* Its version alone: each heartbeat asks. */
bool theme_version(Office *office, char ret[API_VERSION_SIZE], Error *err) MUST_USE;

/* For office.c: reads institution.json's colour and the letterhead's logo, which must be one that can be drawn. */
bool theme_load_own(Office *office, Error *err) MUST_USE;

#endif
