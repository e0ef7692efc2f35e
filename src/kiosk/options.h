/* The kiosk's command line and its kiosk.ini. */
#ifndef KIOSK_OPTIONS_H
#define KIOSK_OPTIONS_H

#include "base/language.h"
#include "base/settings.h"

typedef struct Options {
    const char *config_file; /* --config */
    const char *script_file; /* --script; NULL: people use it */
    const char *out_folder;  /* --out: where a script's files go; "." */
    bool self_test;          /* --self-test: report whether it would work, and end */
    bool headless;           /* --headless: no display needed */
    bool display;            /* --display: the hall's screen; kiosk.ini may say so too */
    bool window;             /* --window: a window as large as the display allows, instead of the whole display */
    int width, height;       /* --size; 0: the panel of kiosk.ini */
    bool has_language;       /* --lang */
    Language language;
    bool help, version;
} Options;

/* Reads argv; ERR_ARGUMENT with words for the person who typed it. */
bool options_parse(int argc, char **argv, Options *ret, Error *err) MUST_USE;
const char *options_help(void);

/* The table of kiosk.ini's keys (kiosk/kiosk.ini explains each). */
extern const SettingSpec kiosk_settings[];
extern const size_t kiosk_setting_count;

#endif
