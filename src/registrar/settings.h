/* registrar.ini: the one table of its keys, and what every command opens from it. */
#ifndef REGISTRAR_SETTINGS_H
#define REGISTRAR_SETTINGS_H

#include "base/log.h"
#include "base/settings.h"
#include "registrar/folder_lock.h"
#include "registrar/office/office.h"

extern const SettingSpec registrar_settings[];
extern const size_t registrar_setting_count;

/* One opened folder.  registrar_close ends what is there, in order; all-zero is closed. */
typedef struct Registrar {
    Settings *settings;
    const char *database; /* of `--database`; NULL: the setting's */
    const Store
        *beside; /* another institution's, whose connections are used where the database is the same; may be NULL */
    FolderLock *lock; /* shared: nobody restores meanwhile; NULL for PostgreSQL, where `restore` is not at home */
    Store *store;
    Hemis *hemis;   /* the office's; NULL: none */
    Moodle *moodle; /* the same */
    OneId *oneid;   /* the same */
    Office *office;
} Registrar;

/* Reads DIR/registrar.ini.  ERR_NOT_FOUND with words for a person when the folder is not a registrar's. */
Settings *registrar_read(const char *folder, Error *err) MUST_USE;
/* What the office needs, from the settings, which must outlive the result. */
OfficeConfig registrar_office_config(const Settings *settings);
/* The address of its database. */
const char *registrar_database(const Registrar *registrar);
/* The lock and the store, of which there must be one: a registrar whose database was lost does not begin anew at number
 * 1 by itself.  ERR_NOT_FOUND with words for a person. */
bool registrar_store_open(Registrar *registrar, Log *log, Error *err) MUST_USE;
/* Settings, store and office.  log may be NULL. */
bool registrar_open(const char *folder, Log *log, Registrar *ret, Error *err) MUST_USE;
void registrar_close(Registrar *registrar);

#endif
