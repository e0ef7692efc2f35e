/* Houses: the institutions of one process.  Each is a folder with its own registrar.ini, keys, texts and register; they
 * may share a database, which keeps them apart, and they share the listeners. */
#ifndef REGISTRAR_HOUSES_H
#define REGISTRAR_HOUSES_H

#include <limits.h>

#include "registrar/api/routes.h"
#include "registrar/office/passwords.h"
#include "registrar/settings.h"

typedef struct House {
    char folder[PATH_MAX];
    Log *log; /* every line names the institution, unless it is the only one */
    Registrar registrar;
    ApiContext context;
} House;

typedef struct Houses {
    House *list;                       /* stays where it is until houses_close */
    size_t count;                      /* that are open, after houses_open */
    size_t asked;                      /* that were to be opened */
    ApiContext nobody;                 /* of requests to hosts that none of them has */
    PasswordWorkers *password_workers; /* of all of them; NULL: one alone has its own */
} Houses;

/* The folders of registrars among these: each itself, or, where it is none, those in it, by name.  ERR_NOT_FOUND with
 * words for a person: one of them holds no registrar.  Nothing is opened yet. */
bool houses_find(const char *const *folders, size_t count, Houses *ret, Error *err) MUST_USE;

typedef struct HousesWish {
    bool no_limits;              /* nobody is told to come later */
    const char *database;        /* of all institutions, whatever the settings say; NULL: as they say */
    const char *address;         /* of both listeners, whatever the settings say; NULL: as they say */
    const char *kiosks, *people; /* ports, likewise */
} HousesWish;

/* Opens them all.  One that does not open is logged and left out, so that it keeps no other down.  ERR_CONFLICT: two of
 * them say different things of the listeners that they share.  Any other error: none opened, it is the last one's. */
bool houses_open(Houses *houses, const HousesWish *wish, Log *log, Error *err) MUST_USE;
void houses_close(Houses *houses);

/* What the listeners go by: the settings of the first one. */
const Settings *houses_settings(const Houses *houses);

#endif
