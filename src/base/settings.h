/* Settings from an INI file (libinih), against a table that names every key, its kind, bounds and default.
 * An unknown key, a double key or a value out of bounds is refused with file, line and reason. */
#ifndef BASE_SETTINGS_H
#define BASE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A SETTING_BOOL is written yes or no, true or false, on or off. */
typedef enum SettingKind { SETTING_TEXT, SETTING_NUMBER, SETTING_BOOL, SETTING_PATH } SettingKind;

typedef struct SettingSpec {
    const char *key; /* "section.name" */
    SettingKind kind;
    const char *fallback; /* NULL: must be given */
    int64_t min, max;     /* SETTING_NUMBER: bounds; SETTING_TEXT and PATH: length in bytes, max 0 stands for 4095 */
    const char *help;     /* what it is, with its unit; English, for --help and the sample file */
} SettingSpec;

typedef struct Settings Settings;

/* Paths are taken relative to the file's folder (without a file: as they are); an empty path stays empty, and so does
 * an address that begins with a scheme, as "postgresql://" does. specs must outlive the result.  Not from several
 * threads at once: libinih's options are global. */
Settings *settings_load(const char *path, const SettingSpec *specs, size_t count, Error *err) MUST_USE;
/* All fallbacks, no file; a key without one is an error. */
Settings *settings_default(const SettingSpec *specs, size_t count, Error *err) MUST_USE;
void settings_free(Settings *settings);
OWNED_BY(Settings, settings_free)

/* The key must be in the table (asserted).  Text lives as long as the settings. */
const char *settings_text(const Settings *settings, const char *key);
int64_t settings_number(const Settings *settings, const char *key);
bool settings_bool(const Settings *settings, const char *key);

#endif
